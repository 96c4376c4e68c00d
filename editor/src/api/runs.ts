import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Launch } from '#schemas/api/launch.ts'
import type { MessagePage, MessageQuery, RunPage } from '#schemas/api/runs.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import type { MessageState } from '#schemas/states.ts'
import { api } from './client.ts'

const runPath = (id: string) => `/api/runs/${encodeURIComponent(id)}`
const messagePath = (id: string) => `/api/messages/${encodeURIComponent(id)}`

export interface RunFilter {
  readonly workflowId?: string | undefined
  readonly state?: string | undefined
}

/** Runs, newest first, page by page. Key `['runs', filter]`. */
export const runsQuery = (filter: RunFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['runs', filter],
    queryFn: ({ pageParam, signal }) => api.get<RunPage>('/api/runs', { ...filter, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** One run with its graph and counters; live frames (`useRunFrame`) are newer. Key `['run', id, 'head']`. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id, 'head'],
    queryFn: ({ signal }) => api.get<Run>(runPath(id), undefined, { signal }),
  })

/** What a person should know of a run that was prepared and waits. Key `['run', id, 'launch']`. */
export const launchQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id, 'launch'],
    queryFn: ({ signal }) => api.get<Launch>(`${runPath(id)}/launch`, undefined, { signal }),
  })

export type MessageFilter = Pick<MessageQuery, 'state' | 'node' | 'address'>

/** Messages of a run, page by page. Key `['run', id, 'messages', filter]`. */
export const runMessagesQuery = (id: string, filter: MessageFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['run', id, 'messages', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<MessagePage>(`${runPath(id)}/messages`, { ...filter, cursor: pageParam, limit: 200 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** The first few messages of a run in one state. Key `['run', id, 'messages', 'first', …]`. */
export const firstMessagesQuery = (id: string, ask: { readonly state: MessageState; readonly limit: number }) =>
  queryOptions({
    queryKey: ['run', id, 'messages', 'first', ask],
    queryFn: ({ signal }) => api.get<MessagePage>(`${runPath(id)}/messages`, { ...ask }, { signal }),
  })

/** One message with all that explains it, masked. Key `['message', id]`. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => api.get<MessageDetail>(messagePath(id), undefined, { signal }),
  })

/** The same message unmasked; the server records who looked. Never cached: keep it in the component that shows it. */
export const revealMessage = (id: string) => api.post<MessageDetail>(`${messagePath(id)}/reveal`)
