import { queryOptions } from '@tanstack/react-query'
import type { MissedFires } from '#schemas/api/schedules.ts'
import { api } from './client.ts'

/** Times that a workflow's schedule missed because no server was running, newest first. Key `['workflow', id, 'missed']`. */
export const missedFiresQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'missed'],
    queryFn: ({ signal }) =>
      api.get<MissedFires>(`/api/workflows/${encodeURIComponent(workflowId)}/missed-fires`, undefined, { signal }),
    // A notice leads to the page that tells of them: what the first page knew a moment ago may be from before the miss.
    staleTime: 0,
  })
