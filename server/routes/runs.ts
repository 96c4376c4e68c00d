import Type from 'typebox'
import { RunPage, RunQuery } from '#schemas/api/runs.ts'
import { Run } from '#schemas/run.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import type { RunFactsDeps, RunFactsReader } from '#server/runs/facts.ts'
import { listRuns } from '#server/runs/list.ts'
import { readRunRow } from '#server/runs/run-row.ts'
import type { RunDeps } from '#server/runs/start.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['runs']

export interface RunRouteDeps {
  readonly reading: RunFactsDeps
  readonly facts: RunFactsReader
  readonly runs: RunDeps
}

/** Runs: list, read, cancel. */
export function runRoutes(app: App, { reading, facts, runs }: RunRouteDeps): void {
  app.get(
    '/api/runs',
    { schema: { tags, summary: 'List runs, newest first', querystring: RunQuery, response: { 200: RunPage } } },
    (request) => {
      const { limit = 50, cursor, workflowId, state } = request.query
      return listRuns(reading, {
        workspaceId: request.workspaceId,
        limit,
        cursor,
        workflowId,
        state,
        language: languageOf(request),
      })
    },
  )
  app.get(
    '/api/runs/:id',
    { schema: { tags, summary: 'A run with everything that is known now', params: Params, response: { 200: Run } } },
    async (request) => {
      const row = await readRunRow(reading.pool, { workspaceId: request.workspaceId, runId: request.params.id })
      return facts.readWhole(row, languageOf(request))
    },
  )
  app.post(
    '/api/runs/:id/cancel',
    { schema: { tags, summary: 'Cancel a run: nothing more is sent', params: Params, response: { 200: Run } } },
    async (request) => {
      const place = { workspaceId: request.workspaceId, runId: request.params.id }
      // Also refuses what is no id.
      await readRunRow(reading.pool, place)
      await cancelRun(runs, { ...place, actor: request.actor })
      return facts.readWhole(await readRunRow(reading.pool, place), languageOf(request))
    },
  )
}
