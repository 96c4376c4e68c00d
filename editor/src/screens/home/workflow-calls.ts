import type { Workflow } from '#schemas/api/workflows.ts'
import { api } from '#editor/api/client.ts'
import { workflowPath } from '#editor/api/workflows.ts'

export const deleteWorkflow = (id: string) => api.delete(workflowPath(id))

/** Makes a second workflow out of the draft of one; it is off and unpublished. */
export async function duplicateWorkflow(id: string, nameOf: (name: string) => string): Promise<Workflow> {
  const { document } = await api.get<Workflow>(workflowPath(id))
  return api.post<Workflow>('/api/workflows', { ...document, name: nameOf(document.name) })
}
