import Type from 'typebox'
import { ErasedPerson, ErasePerson, Retention } from '#schemas/api/retention.ts'
import { Run } from '#schemas/run.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { erasePerson } from '#server/retention/erase-person.ts'
import { eraseRun } from '#server/retention/erase-run.ts'
import type { RunFactsReader } from '#server/runs/facts.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { readRunRow } from '#server/runs/run-row.ts'

export interface RetentionRouteDeps {
  readonly parts: Pick<Parts, 'db' | 'pool' | 'boxes'>
  readonly facts: RunFactsReader
  readonly known: KnownRuns
}

const tags = ['retention']

/** How long things are kept, and what is erased at once. */
export function retentionRoutes(app: App, { parts, facts, known }: RetentionRouteDeps): void {
  const { db, pool, boxes } = parts
  const read = async (workspaceId: string): Promise<Retention> => {
    const row = await db.selectFrom('workspace').select('keep_months').where('id', '=', workspaceId).executeTakeFirstOrThrow()
    return { keepMonths: row.keep_months }
  }
  app.get(
    '/api/retention',
    { schema: { tags, summary: 'How long people and messages are kept', response: { 200: Retention } } },
    (request) => read(request.workspaceId),
  )
  app.put(
    '/api/retention',
    { schema: { tags, summary: 'Change how long they are kept', body: Retention, response: { 200: Retention } } },
    async (request) => {
      const { workspaceId, actor, body } = request
      await db.updateTable('workspace').set({ keep_months: body.keepMonths }).where('id', '=', workspaceId).execute()
      await pool.query(
        `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data) values ($1::uuid, $2, 'retention', 'workspace', $1::uuid::text, $3)`,
        [workspaceId, actor, JSON.stringify(body)],
      )
      return read(workspaceId)
    },
  )
  app.delete(
    '/api/runs/:id/personal-data',
    {
      schema: {
        tags,
        summary: 'Erase the people of a run that is over, for ever; its totals stay',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Run },
      },
    },
    async (request) => {
      const place = { workspaceId: request.workspaceId, runId: request.params.id }
      await eraseRun(pool, { ...place, actor: request.actor })
      known.forget?.(place.runId)
      return facts.readWhole(await readRunRow(pool, place), languageOf(request))
    },
  )
  app.post(
    '/api/people/erase',
    {
      schema: {
        tags,
        summary: 'Erase one person in all runs and stored lists; runs that are not over follow at their end',
        body: ErasePerson,
        response: { 200: ErasedPerson },
      },
    },
    (request) =>
      erasePerson(
        { pool, listKeys: boxes.listKeys, runKeys: boxes.runKeys, samples: boxes.samples, workspaceKeys: boxes.workspace },
        { workspaceId: request.workspaceId, address: request.body.address, actor: request.actor },
      ),
  )
}
