import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { ExecuteInput, ExecuteResult, Workflow, WorkflowPage, WorkflowStatus } from '#schemas/api/workflows.ts'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import { api } from './client.ts'

/** The list of workflows, page by page. Key `['workflows']`. */
export const workflowsQuery = infiniteQueryOptions({
  queryKey: ['workflows'],
  queryFn: ({ pageParam, signal }) => api.get<WorkflowPage>('/api/workflows', { cursor: pageParam, limit: 100 }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

/** One workflow with its draft. Key `['workflow', id, 'head']`: the editor keeps its draft under a key of its own. */
export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflow', id, 'head'],
    queryFn: ({ signal }) => api.get<Workflow>(`/api/workflows/${encodeURIComponent(id)}`, undefined, { signal }),
  })

/** Whether it is on, what runs, what ran last. Key `['workflow', id, 'status']`. */
export const workflowStatusQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflow', id, 'status'],
    queryFn: ({ signal }) =>
      api.get<Static<typeof WorkflowStatus>>(`/api/workflows/${encodeURIComponent(id)}/status`, undefined, { signal }),
  })

/** Starts a run; the same key never starts a second one. */
export const executeWorkflow = (id: string, input: Static<typeof ExecuteInput>, idempotencyKey: string) =>
  api.post<Static<typeof ExecuteResult>>(`/api/workflows/${encodeURIComponent(id)}/execute`, input, { idempotencyKey })

/** Node types and kinds of connections; they change only with the server. Key `['node-types']`. */
export const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: ({ signal }) => api.get<NodeTypes>('/api/node-types', undefined, { signal }),
  staleTime: 60_000,
})

export const useNodeTypes = () => useQuery(nodeTypesQuery)
