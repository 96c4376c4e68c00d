import { useQuery } from '@tanstack/react-query'
import { api } from '#editor/api/client.ts'
import type { ConnectionPage } from '#schemas/api/connections.ts'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import type { Workflow } from '#schemas/api/workflows.ts'

/** What the editor needs before it can open: the workflow, the node types, the connections. */
export function useEditorData(workflowId: string) {
  const workflow = useQuery({
    queryKey: ['workflow', workflowId, 'draft'],
    queryFn: () => api.get<Workflow>(`/api/workflows/${encodeURIComponent(workflowId)}`),
    // An open draft is newer than any answer: it is read once, anew for every opening.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const types = useQuery({ queryKey: ['node-types'], queryFn: () => api.get<NodeTypes>('/api/node-types'), staleTime: 60_000 })
  const connections = useQuery({
    queryKey: ['connections'],
    queryFn: () => api.get<ConnectionPage>('/api/connections', { limit: 500 }),
  })
  const parts =
    workflow.data === undefined || types.data === undefined || connections.data === undefined
      ? null
      : { workflow: workflow.data, nodeTypes: types.data.items, connections: connections.data.items }
  const error = workflow.error ?? types.error ?? connections.error
  const retry = () => {
    void workflow.refetch()
    void types.refetch()
    void connections.refetch()
  }
  return { parts, error: parts === null ? error : null, retry }
}
