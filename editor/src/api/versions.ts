import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { WorkflowVersionDetail, WorkflowVersionPage } from '#schemas/api/workflows.ts'
import { api } from './client.ts'
import { workflowPath } from './workflows.ts'

/** Published versions, newest first, page by page. Key `['workflow', id, 'versions']`. */
export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['workflow', id, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      api.get<WorkflowVersionPage>(workflowPath(id, '/versions'), { cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** One version with its document; it never changes. Key `['workflow', id, 'version', n]`. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['workflow', id, 'version', version],
    queryFn: ({ signal }) => api.get<WorkflowVersionDetail>(workflowPath(id, `/versions/${version}`), undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
