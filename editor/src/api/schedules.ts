import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Calendar, MissedFires, SchedulePreview } from '#schemas/api/schedules.ts'
import { api } from './client.ts'

/** Times that a workflow's schedule passed over, newest first, with what became of them. Key `['workflow', id, 'missed']`. */
export const missedFiresQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'missed'],
    queryFn: ({ signal }) =>
      api.get<MissedFires>(`/api/workflows/${encodeURIComponent(workflowId)}/missed-fires`, undefined, { signal }),
    // A notice leads to the page that tells of them: what the first page knew a moment ago may be from before the miss.
    staleTime: 0,
  })

/** Says that what was missed until a time is not sent any more. */
export const declineMissed = (workflowId: string, until: string) =>
  api.post<MissedFires>(`/api/workflows/${encodeURIComponent(workflowId)}/missed-fires/decline`, { until })

/** The next times of an expression, as the server will start them. Key `['schedules', 'preview', …]`. */
export const schedulePreviewQuery = (cron: string, timezone: string) =>
  queryOptions({
    queryKey: ['schedules', 'preview', cron, timezone],
    queryFn: ({ signal }) => api.get<SchedulePreview>('/api/schedules/preview', { cron, timezone, n: 3 }, { signal }),
    // What is no schedule is said at the field.
    retry: false,
  })

/** What schedules started, missed and will start on these days (both included). Key `['schedules', from, to]`. */
export const calendarQuery = ({ from, to }: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['schedules', from, to],
    queryFn: ({ signal }) => api.get<Calendar>('/api/schedules/calendar', { from, to }, { signal }),
    placeholderData: keepPreviousData,
    // Times pass while it is looked at.
    refetchInterval: 60_000,
  })
