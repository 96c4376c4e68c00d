import { randomUUID } from 'node:crypto'
import Type from 'typebox'
import {
  NoticePage,
  NoticeSecret,
  NoticeSettings,
  NoticeSettingsChange,
  NoticeTestInput,
  NoticeTestResult,
} from '#schemas/api/notices.ts'
import { NOTICE_STATES } from '#schemas/notice-kinds.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { readBaseUrl } from '#server/notices/base-url.ts'
import { changed, shown } from '#server/notices/change-settings.ts'
import { sendBy } from '#server/notices/deliver.ts'
import { dismissNotice, listNotices } from '#server/notices/list.ts'
import { NotDelivered } from '#server/notices/not-delivered.ts'
import { readLast, readSettings, writeSettings } from '#server/notices/settings.ts'
import { newWebhookSecret } from '#server/notices/webhook.ts'
import { languageOf } from '#server/plugins/language.ts'

type Deps = Pick<Parts, 'pool' | 'boxes' | 'egress' | 'allows'>

/** What needs a person, and how somebody is told of it. */
export function noticeRoutes(app: App, deps: Deps): void {
  const { pool } = deps
  const tags = ['notices']
  const query = Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    state: Type.Optional(Type.Enum([...NOTICE_STATES])),
  })
  app.get(
    '/api/notices',
    { schema: { tags, summary: 'What needs a person, open ones first', querystring: query, response: { 200: NoticePage } } },
    (request) => {
      const { limit = 50, state } = request.query
      return listNotices(pool, { workspaceId: request.workspaceId, limit, state, language: languageOf(request) })
    },
  )
  app.post(
    '/api/notices/:id/dismiss',
    {
      schema: {
        tags,
        summary: 'Put a notice away until it happens again',
        params: Type.Object({ id: Type.String() }),
        response: { 204: Type.Null() },
      },
    },
    async ({ params, workspaceId, actor }, reply) => {
      await dismissNotice(pool, { workspaceId, id: params.id, actor })
      return reply.code(204).send(null)
    },
  )
  settingsOfNotices(app, deps)
}

function settingsOfNotices(app: App, { pool, boxes, egress, allows }: Deps): void {
  const stored = { pool, box: boxes.workspace }
  const tags = ['settings']
  app.get(
    '/api/settings/notices',
    { schema: { tags, summary: 'Who is told of what, and how', response: { 200: NoticeSettings } } },
    async (request) => {
      const { workspaceId } = request
      return shown(await readSettings(stored, workspaceId), await readLast(pool, workspaceId, languageOf(request)))
    },
  )
  app.put(
    '/api/settings/notices',
    {
      schema: { tags, summary: 'Change who is told', body: NoticeSettingsChange, response: { 200: NoticeSettings } },
    },
    async (request) => {
      const { workspaceId, actor } = request
      const settings = changed(await readSettings(stored, workspaceId), request.body, languageOf(request))
      await writeSettings(stored, { workspaceId, settings, actor })
      return shown(settings, await readLast(pool, workspaceId, languageOf(request)))
    },
  )
  app.post(
    '/api/settings/notices/secret',
    {
      schema: { tags, summary: 'A new secret that signs webhooks; shown this once', response: { 200: NoticeSecret } },
    },
    async ({ workspaceId, actor }) => {
      const settings = await readSettings(stored, workspaceId)
      const webhookSecret = newWebhookSecret()
      await writeSettings(stored, {
        workspaceId,
        actor,
        settings: { ...settings, secrets: { ...settings.secrets, webhookSecret } },
      })
      return { webhookSecret }
    },
  )
  app.post(
    '/api/settings/notices/test',
    { schema: { tags, summary: 'Send a test notice now', body: NoticeTestInput, response: { 200: NoticeTestResult } } },
    async (request) => {
      const language = languageOf(request)
      const settings = changed(await readSettings(stored, request.workspaceId), request.body.changes ?? {}, language)
      const at = new Date().toISOString()
      const notice = { id: randomUUID(), kind: 'test', code: 'notice-test', fields: {}, state: 'open', at } as const
      const notices = [{ ...notice, runId: null, workflowId: null, connectionId: null }]
      const message = { id: randomUUID(), notices, language, at, baseUrl: await readBaseUrl(pool) }
      const began = performance.now()
      const error = await sendBy({ http: egress.forProvider('Webhook'), allows }, settings, {
        way: request.body.way,
        message,
      }).catch(failure)
      const said = error && { code: error.code, message: error.text[language] }
      return { ok: error === null, tookMs: Math.round(performance.now() - began), error: said }
    },
  )
}

function failure(error: unknown): AppError {
  if (error instanceof NotDelivered) return error.error
  if (error instanceof AppError) return error
  throw error
}
