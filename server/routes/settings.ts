import type { Kysely } from 'kysely'
import { Settings, SettingsChange } from '#schemas/api/settings.ts'
import { isTimeZone } from '#schemas/time-zone.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import type { App } from '#server/http.ts'
import { InvalidFields } from '#server/invalid-fields.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { Languages } from '#server/workspace/languages.ts'
import { readWelcome } from '#server/workspace/welcome.ts'
import { readWorkspace } from '#server/workspace/workspace.ts'

const WRONG_ZONE = { en: 'There is no such time zone.', ko: '그런 시간대는 없어요.' }

/** Name, zone and language of the workspace, and the guards of its runs. */
export function settingsRoutes(app: App, { db, languages }: { db: Kysely<Database>; languages: Languages }): void {
  app.get(
    '/api/settings',
    { schema: { tags: ['settings'], summary: 'Settings of the workspace', response: { 200: Settings } } },
    async (request) => {
      return readSettings(db, request.workspaceId)
    },
  )
  app.put(
    '/api/settings',
    { schema: { tags: ['settings'], summary: 'Change settings', body: SettingsChange, response: { 200: Settings } } },
    async (request) => {
      const { body } = request
      if (body.timezone !== undefined && !isTimeZone(body.timezone)) {
        throw new InvalidFields([{ path: 'timezone', code: 'invalid-timezone', message: WRONG_ZONE[languageOf(request)] }])
      }
      if (Object.keys(body).length === 0) throw new AppError('invalid-request', { detail: '{}' })
      const { guards, welcome, ...plain } = body
      const changed = {
        ...plain,
        ...(guards && { guards: JSON.stringify(guards) }),
        ...(welcome === null && { welcome_workflow_id: null }),
      }
      await db.updateTable('workspace').set(changed).where('id', '=', request.workspaceId).execute()
      await languages.load(request.workspaceId)
      return readSettings(db, request.workspaceId)
    },
  )
}

async function readSettings(db: Kysely<Database>, workspaceId: string): Promise<Settings> {
  const { name, timezone, language, guards } = await readWorkspace(db, workspaceId)
  return { name, timezone, language, guards, welcome: await readWelcome(db, workspaceId) }
}
