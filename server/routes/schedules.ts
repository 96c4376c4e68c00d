import Type from 'typebox'
import {
  Calendar,
  CalendarQuery,
  DeclineInput,
  MissedFires,
  SchedulePreview,
  SchedulePreviewQuery,
} from '#schemas/api/schedules.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { nextFires } from '#server/schedules/calendar.ts'
import { readCalendar } from '#server/schedules/read-calendar.ts'
import { checkRecurrence } from '#server/schedules/recurrence.ts'
import { declineMissed, readMissed } from '#server/schedules/missed.ts'
import { readWorkspace } from '#server/workspace/workspace.ts'

const tags = ['schedules']

/** When runs start by themselves. */
export function scheduleRoutes(
  app: App,
  { db, pool, clock, known }: Pick<Parts, 'db' | 'pool' | 'clock'> & { known: KnownRuns },
): void {
  app.get(
    '/api/schedules/preview',
    {
      schema: {
        tags,
        summary: 'The next times of a cron expression',
        querystring: SchedulePreviewQuery,
        response: { 200: SchedulePreview },
      },
    },
    async ({ query, workspaceId }) => {
      const timezone = query.timezone || (await readWorkspace(db, workspaceId)).timezone
      const recurrence = checkRecurrence({ cron: query.cron, timezone })
      return { ...recurrence, fires: nextFires(recurrence, clock.now(), query.n ?? 5).map((at) => at.toISOString()) }
    },
  )
  app.get(
    '/api/schedules/calendar',
    {
      schema: {
        tags,
        summary: 'What schedules started, missed and will start, by day',
        querystring: CalendarQuery,
        response: { 200: Calendar },
      },
    },
    async (request) => {
      const { workspaceId, query } = request
      const { timezone } = await readWorkspace(db, workspaceId)
      return readCalendar({ pool, known, now: clock.now() }, { workspaceId, timezone, language: languageOf(request), ...query })
    },
  )
  app.get(
    '/api/workflows/:id/missed-fires',
    {
      schema: {
        tags,
        summary: 'Times of a schedule that were passed over, why, and what became of them, newest first',
        params: Type.Object({ id: Type.String() }),
        response: { 200: MissedFires },
      },
    },
    ({ params, workspaceId }) => readMissed(pool, { workspaceId, workflowId: params.id }),
  )
  app.post(
    '/api/workflows/:id/missed-fires/decline',
    {
      schema: {
        tags,
        summary: 'Decide that what was missed until a time is not sent any more',
        params: Type.Object({ id: Type.String() }),
        body: DeclineInput,
        response: { 200: MissedFires },
      },
    },
    async ({ params, body, workspaceId, actor }) => {
      const at = { workspaceId, workflowId: params.id }
      const until = new Date(body.until)
      if (Number.isNaN(until.getTime())) throw new AppError('invalid-request', { detail: `until: ${body.until}` })
      await declineMissed(pool, { ...at, until, actor })
      return readMissed(pool, at)
    },
  )
}
