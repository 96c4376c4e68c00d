import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#editor/api/client.ts'
import type { EditorSession } from '#editor/model/session.ts'
import type { WorkflowStatus } from '#schemas/api/workflows.ts'
import type { Run } from '#schemas/run.ts'
import type { Static } from 'typebox'

/** Reads what the last run counted, for the feet of the cards and the dock. */
export function useLastRun(session: EditorSession): void {
  const id = session.workflowId
  const { data } = useQuery({
    queryKey: ['workflow', id, 'last-run'],
    queryFn: async () => {
      const status = await api.get<Static<typeof WorkflowStatus>>(`/api/workflows/${encodeURIComponent(id)}/status`)
      return status.lastRun === null ? null : api.get<Run>(`/api/runs/${encodeURIComponent(status.lastRun.id)}`)
    },
  })
  useEffect(() => {
    if (data != null) session.checks.getState().ran({ id: data.id, number: data.number, nodes: data.nodes })
  }, [data, session])
}
