import type { AudienceCheck } from '#schemas/audience.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { api, type CallOptions } from './client.ts'
import { workflowPath } from './workflows.ts'

const path = (workflowId: string, rest = '') => workflowPath(workflowId, `/audience-checks${rest}`)

/** Lets the whole audience of a draft be counted; the same draft gets the same count. */
export const startAudienceCheck = (workflowId: string, document: WorkflowDocument, options: CallOptions) =>
  api.post<AudienceCheck>(path(workflowId), { document }, options)

/** How far it is. */
export const readAudienceCheck = (workflowId: string, id: string, options: CallOptions) =>
  api.get<AudienceCheck>(path(workflowId, `/${id}`), undefined, options)

export const stopAudienceCheck = (workflowId: string, id: string) => api.delete(path(workflowId, `/${id}`))
