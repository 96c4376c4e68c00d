import Type from 'typebox'
import { Launch } from '#schemas/api/launch.ts'
import { ApproveInput } from '#schemas/api/runs.ts'
import { Run } from '#schemas/run.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { approve } from '#server/runs/approve.ts'
import { launchOf } from '#server/runs/launch.ts'
import { readRunRow } from '#server/runs/run-row.ts'
import type { RunRouteDeps } from './runs.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['runs']

/** A run that waits for a person's word: what was prepared, and the yes. */
export function runLaunchRoutes(app: App, { reading, facts, runs }: RunRouteDeps): void {
  app.get(
    '/api/runs/:id/launch',
    {
      schema: {
        tags,
        summary: 'What a person should know before the first message of a run that was started with "ask"',
        params: Params,
        response: { 200: Launch },
      },
    },
    async (request) => {
      const row = await readRunRow(reading.pool, { workspaceId: request.workspaceId, runId: request.params.id })
      return launchOf(reading, { row, language: languageOf(request) })
    },
  )
  app.post(
    '/api/runs/:id/approve',
    {
      schema: {
        tags,
        summary: 'Let a run go on that waits for an approval; with "first" only so many get it before it waits again',
        params: Params,
        body: Type.Union([ApproveInput, Type.Null()]),
        response: { 200: Run },
      },
    },
    async (request) => {
      const place = { workspaceId: request.workspaceId, runId: request.params.id }
      await readRunRow(reading.pool, place)
      await approve(runs, { ...place, actor: request.actor }, request.body ?? {})
      return facts.readWhole(await readRunRow(reading.pool, place), languageOf(request))
    },
  )
}
