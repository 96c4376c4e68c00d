import { api, ApiError, OfflineError } from '#editor/api/client.ts'
import { replaceDraft, workflowPath } from '#editor/api/workflows.ts'
import type { SaveAnswer } from '#editor/model/autosave.ts'
import type { CheckFailure } from '#editor/model/checks-store.ts'
import type { Validation, Workflow } from '#schemas/api/workflows.ts'
import type { Preview } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/** People in the preview. */
const SAMPLE = 10

/** Saves the draft and says what came of it; never throws for what autosave knows how to handle. */
export async function saveDraft(id: string, document: WorkflowDocument, revision: number): Promise<SaveAnswer<Workflow>> {
  try {
    const workflow = await replaceDraft(id, revision, document)
    return { kind: 'saved', revision: workflow.revision }
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: 'offline' }
    if (error.code === 'stale-revision') return newer(id)
    // A server that stumbles may get up again; one that says no means it.
    return error.status >= 500 ? { kind: 'offline' } : { kind: 'refused', message: error.message }
  }
}

/** What somebody else saved meanwhile. */
async function newer(id: string): Promise<SaveAnswer<Workflow>> {
  const current = await api.get<Workflow>(workflowPath(id))
  return { kind: 'stale', current, revision: current.revision }
}

/** `fresh`: the sources are asked for their columns again, as by somebody who changed a table meanwhile. */
export function judge(
  id: string,
  document: WorkflowDocument,
  { signal, fresh }: { signal: AbortSignal; fresh: boolean },
): Promise<Validation> {
  return api.post<Validation>(workflowPath(id, '/validate'), { document, ...(fresh && { fresh }) }, { signal })
}

/** What a preview is asked for besides the draft. */
export interface PreviewAsk {
  /** The last step; null: through all of them. */
  readonly until: string | null
  /** The databases are asked, though results are kept. */
  readonly fresh: boolean
}

export function askPreview(
  id: string,
  { document, until, fresh, signal }: PreviewAsk & { document: WorkflowDocument; signal: AbortSignal },
): Promise<Preview> {
  // A step that was removed meanwhile ends nothing.
  const last = document.nodes.some((node) => node.id === until) && until !== null ? { until } : {}
  return api.post<Preview>(
    workflowPath(id, '/preview'),
    { document, limit: SAMPLE, ...last, ...(fresh && { fresh }) },
    { signal },
  )
}

/** A failed call in the form that the stores keep. */
export function failureOf(error: unknown): CheckFailure {
  if (error instanceof ApiError || error instanceof OfflineError) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
