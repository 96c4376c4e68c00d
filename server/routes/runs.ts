import Type from 'typebox'
import { ResumeInput, RunPage, RunQuery } from '#schemas/api/runs.ts'
import { Run } from '#schemas/run.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { pauseByHand, resumeRun, type ControlCall } from '#server/runs/control.ts'
import type { RunFactsDeps, RunFactsReader } from '#server/runs/facts.ts'
import { listRuns } from '#server/runs/list.ts'
import { readRunRow } from '#server/runs/run-row.ts'
import { refuseOverdue } from '#server/runs/refuse-overdue.ts'
import type { RunDeps } from '#server/runs/start.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['runs']

export interface RunRouteDeps {
  readonly reading: RunFactsDeps
  readonly facts: RunFactsReader
  readonly runs: RunDeps
}

/** What a person may do with a run as a whole; each answers with the run as it is then. */
const MOVES: readonly { action: string; summary: string; act: (runs: RunDeps, call: ControlCall) => Promise<void> }[] = [
  { action: 'cancel', summary: 'Cancel a run: nothing more is sent', act: cancelRun },
  { action: 'pause', summary: 'Pause a run: no call begins later than 2 seconds after', act: pauseByHand },
]

/** Runs: list, read, cancel, pause, resume. */
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
  for (const { action, summary, act } of MOVES)
    app.post(
      `/api/runs/:id/${action}`,
      { schema: { tags, summary, params: Params, response: { 200: Run } } },
      async (request) => {
        const place = { workspaceId: request.workspaceId, runId: request.params.id }
        // Also refuses what is no id.
        await readRunRow(reading.pool, place)
        await act(runs, { ...place, actor: request.actor })
        return facts.readWhole(await readRunRow(reading.pool, place), languageOf(request))
      },
    )
  app.post(
    '/api/runs/:id/resume',
    {
      schema: {
        tags,
        summary:
          'Let a paused run go on; one that came out of a backup needs "confirm": true, one that is over its time "late": "send" or "expire"',
        params: Params,
        body: Type.Union([ResumeInput, Type.Null()]),
        response: { 200: Run },
      },
    },
    async (request) => {
      const place = { workspaceId: request.workspaceId, runId: request.params.id }
      const word = request.body ?? {}
      const row = await readRunRow(reading.pool, place)
      if (word.late === undefined) await refuseOverdue(reading, row)
      await resumeRun(runs, { ...place, actor: request.actor }, word)
      return facts.readWhole(await readRunRow(reading.pool, place), languageOf(request))
    },
  )
}
