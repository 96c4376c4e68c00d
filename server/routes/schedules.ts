import Type from 'typebox'
import { SchedulePreview, SchedulePreviewQuery } from '#schemas/api/schedules.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { nextFires } from '#server/schedules/calendar.ts'
import { checkRecurrence } from '#server/schedules/recurrence.ts'
import { readMissed } from '#server/schedules/missed.ts'
import { MissedFires } from '#schemas/api/schedules.ts'
import { readWorkspace } from '#server/workspace/workspace.ts'

const tags = ['schedules']

/** When runs start by themselves. */
export function scheduleRoutes(app: App, { db, pool, clock }: Pick<Parts, 'db' | 'pool' | 'clock'>): void {
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
    '/api/workflows/:id/missed-fires',
    {
      schema: {
        tags,
        summary: 'Times that a schedule missed because no server was running, newest first',
        params: Type.Object({ id: Type.String() }),
        response: { 200: MissedFires },
      },
    },
    ({ params, workspaceId }) => readMissed(pool, { workspaceId, workflowId: params.id }),
  )
}
