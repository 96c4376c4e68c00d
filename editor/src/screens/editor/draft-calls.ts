import { api, ApiError, OfflineError } from '#editor/api/client.ts'
import type { SaveAnswer } from '#editor/model/autosave.ts'
import type { CheckFailure } from '#editor/model/checks-store.ts'
import type { Validation, Workflow } from '#schemas/api/workflows.ts'
import type { Preview } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/** People in the preview. */
const SAMPLE = 10

const path = (id: string, rest = '') => `/api/workflows/${encodeURIComponent(id)}${rest}`

/** Saves the draft and says what came of it; never throws for what autosave knows how to handle. */
export async function saveDraft(id: string, document: WorkflowDocument, revision: number): Promise<SaveAnswer<Workflow>> {
  try {
    const workflow = await api.put<Workflow>(path(id), { revision, document })
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
  const current = await api.get<Workflow>(path(id))
  return { kind: 'stale', current, revision: current.revision }
}

export function judge(id: string, document: WorkflowDocument, signal: AbortSignal): Promise<Validation> {
  return api.post<Validation>(path(id, '/validate'), { document }, { signal })
}

export function askPreview(id: string, document: WorkflowDocument, signal: AbortSignal): Promise<Preview> {
  return api.post<Preview>(path(id, '/preview'), { document, limit: SAMPLE }, { signal })
}

/** A failed call in the form that the stores keep. */
export function failureOf(error: unknown): CheckFailure {
  if (error instanceof ApiError || error instanceof OfflineError) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
