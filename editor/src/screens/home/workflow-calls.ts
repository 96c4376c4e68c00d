import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { api } from '#editor/api/client.ts'

const path = (id: string, rest = '') => `/api/workflows/${encodeURIComponent(id)}${rest}`

export const switchWorkflow = (id: string, on: boolean) => api.post<Workflow>(path(id, on ? '/enable' : '/disable'))

export const deleteWorkflow = (id: string) => api.delete(path(id))

/** Makes a second workflow out of the draft of one; it is off and unpublished. */
export async function duplicateWorkflow(id: string, nameOf: (name: string) => string): Promise<Workflow> {
  const { document } = await api.get<Workflow>(path(id))
  return api.post<Workflow>('/api/workflows', { ...document, name: nameOf(document.name) })
}

/** Makes the weekly review report anew: it runs with the sample shop and the sandbox. */
export async function makeExample(): Promise<Workflow> {
  const { default: document } = await import('../../../../examples/weekly-review-report.json')
  // A test of the examples holds the file against the schema.
  return api.post<Workflow>('/api/workflows', document as unknown as WorkflowDocument)
}
