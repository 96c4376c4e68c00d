import { api } from './client.ts'
import { workflowPath } from './workflows.ts'

const path = (workflowId: string, nodeId: string) => workflowPath(workflowId, `/samples/${encodeURIComponent(nodeId)}`)

/** Pins rows of a source, as a preview sealed them: previews show them until they are let go. */
export const pinSample = (workflowId: string, nodeId: string, rows: readonly string[]) =>
  api.put(path(workflowId, nodeId), { rows })

export const releaseSample = (workflowId: string, nodeId: string) => api.delete(path(workflowId, nodeId))
