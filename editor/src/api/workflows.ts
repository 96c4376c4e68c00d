import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { ExecuteInput, ExecuteResult, Workflow, WorkflowPage } from '#schemas/api/workflows.ts'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { api } from './client.ts'

/** The path of a workflow, or of something of it. */
export const workflowPath = (id: string, rest = '') => `/api/workflows/${encodeURIComponent(id)}${rest}`

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
    queryFn: ({ signal }) => api.get<Workflow>(workflowPath(id), undefined, { signal }),
  })

/** Puts a document in the draft's place; refused (`stale-revision`) when somebody saved meanwhile. */
export const replaceDraft = (id: string, revision: number, document: WorkflowDocument) =>
  api.put<Workflow>(workflowPath(id), { revision, document })

/** Lets it start by itself, or not. */
export const switchWorkflow = (id: string, on: boolean) => api.post<Workflow>(workflowPath(id, on ? '/enable' : '/disable'))

/** Starts a run; the same key never starts a second one. */
export const executeWorkflow = (id: string, input: Static<typeof ExecuteInput>, idempotencyKey: string) =>
  api.post<Static<typeof ExecuteResult>>(workflowPath(id, '/execute'), input, { idempotencyKey })

/** Node types and kinds of connections; they change only with the server. Key `['node-types']`. */
export const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: ({ signal }) => api.get<NodeTypes>('/api/node-types', undefined, { signal }),
  staleTime: 60_000,
})

export const useNodeTypes = () => useQuery(nodeTypesQuery)
