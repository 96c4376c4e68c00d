import { useEffect, useMemo, useState } from 'react'
import type { Connection } from '#schemas/connection.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { Autosave, type SaveState } from '#editor/model/autosave.ts'
import { LatestOnly, refreshesByItself, sameMeaning } from '#editor/model/checker.ts'
import { createChecksStore } from '#editor/model/checks-store.ts'
import { createDocumentStore } from '#editor/model/document-store.ts'
import type { EditorSession } from '#editor/model/session.ts'
import { createViewStore } from '#editor/model/view-store.ts'
import { askPreview, failureOf, judge, saveDraft } from './draft-calls.ts'

/** Milliseconds of quiet before the draft is judged, and before a preview that may refresh itself does. */
const JUDGE_AFTER = 350
const PREVIEW_AFTER = 900
/** Who was away for so long, in milliseconds, may have changed a table meanwhile. */
const AWAY_MS = 30_000

export interface OpenDraft {
  readonly session: EditorSession
  readonly autosave: Autosave<Workflow>
  readonly saveState: SaveState<Workflow>
}

interface Parts {
  readonly workflow: Workflow
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly connections: readonly Connection[]
}

const typesOf = (all: readonly NodeDescriptor[]) => new Map(all.map((type) => [type.type, type]))

/** The stores and helpers of one opened workflow, without React. */
function open({ workflow, nodeTypes, connections }: Parts, onState: (state: SaveState<Workflow>) => void) {
  const document = createDocumentStore(workflow.document)
  const checks = createChecksStore(workflow.problems)
  const view = createViewStore()
  let given = nodeTypes
  let types = typesOf(nodeTypes)
  const autosave = new Autosave<Workflow>({
    revision: workflow.revision,
    save: (draft, revision) => saveDraft(workflow.id, draft, revision),
    onState,
  })
  // The next judgement asks the sources again.
  let fresh = false
  // The next preview shows nothing that was kept.
  let anew = false
  const judging = new LatestOnly(
    (draft, signal) => judge(workflow.id, draft, { signal, fresh }),
    (answer) => {
      // Not before: an edit meanwhile calls the question off, and the next one asks in its place.
      fresh = false
      checks.getState().judged(answer)
    },
    (error) => checks.getState().failed(failureOf(error)),
  )
  const previewing = new LatestOnly(
    (draft, signal) => {
      checks.getState().previewBegins()
      return askPreview(workflow.id, { document: draft, until: view.getState().until, fresh: anew, signal })
    },
    (answer, draft) => {
      anew = false
      checks.getState().previewed(answer, draft)
    },
    (error) => checks.getState().previewFailed(failureOf(error)),
  )
  const current = () => document.getState().document
  /** Judged by what the sources have now. */
  const judgeAnew = async () => {
    fresh = true
    checks.getState().begin()
    await judging.now(current())
  }
  let looks = 0
  /** The same, and then their rows: only a statement that is right is worth asking. */
  const lookAnew = async (nothingKept = false) => {
    anew ||= nothingKept
    const look = ++looks
    const hasSteps = current().nodes.length > 0
    if (hasSteps) checks.getState().previewBegins()
    await judgeAnew()
    // The draft was closed, or is looked at anew once more.
    if (hasSteps && look === looks) await previewing.now(current())
  }
  const refreshPreview = () => void lookAnew()
  const askAnew = () => void lookAnew(true)
  const parts = { types, connections, document, checks, view }
  const session: EditorSession = { workflowId: workflow.id, ...parts, refreshPreview, askAnew }
  const follow = (state: { document: WorkflowDocument }, before: { document: WorkflowDocument }) => {
    if (state.document === before.document) return
    autosave.changed(state.document)
    if (sameMeaning(state.document, before.document)) return
    checks.getState().begin()
    judging.soon(state.document, JUDGE_AFTER)
    if (refreshesByItself(before.document, state.document, types)) previewing.soon(state.document, PREVIEW_AFTER)
  }
  /** Follows the draft until the returned function is called; may be called again after that. */
  const start = () => {
    const unsubscribe = document.subscribe(follow)
    void lookAnew()
    return () => {
      unsubscribe()
      looks++
      judging.stop()
      previewing.stop()
      void autosave.flush()
    }
  }
  /** Node types changed while the draft is open: it is judged with them. */
  const retype = (next: readonly NodeDescriptor[]) => {
    if (next === given) return
    given = next
    types = typesOf(next)
    checks.getState().begin()
    void judging.now(current())
  }
  return { session, autosave, start, retype, judgeAnew }
}

/** Opens a workflow for editing: saves itself, is judged and previewed while it changes, and says everything before the page closes. */
export function useEditorSession(parts: Parts): OpenDraft {
  const [saveState, setSaveState] = useState<SaveState<Workflow>>({ kind: 'saved', at: null })
  // One session per opened workflow: later answers of the same queries must not throw the open draft away.
  const [opened] = useState(() => open(parts, setSaveState))
  useEffect(() => {
    const close = opened.start()
    const leave = (event: BeforeUnloadEvent) => {
      if (!opened.autosave.dirty) return
      void opened.autosave.flush()
      event.preventDefault()
    }
    const online = () => opened.autosave.retryNow()
    let leftAt = Infinity
    const hidden = () => {
      if (globalThis.document.visibilityState === 'hidden') {
        leftAt = performance.now()
        void opened.autosave.flush()
      } else if (performance.now() - leftAt > AWAY_MS) void opened.judgeAnew()
    }
    window.addEventListener('beforeunload', leave)
    window.addEventListener('online', online)
    globalThis.document.addEventListener('visibilitychange', hidden)
    return () => {
      window.removeEventListener('beforeunload', leave)
      window.removeEventListener('online', online)
      globalThis.document.removeEventListener('visibilitychange', hidden)
      close()
    }
  }, [opened])
  const { connections, nodeTypes } = parts
  useEffect(() => opened.retype(nodeTypes), [opened, nodeTypes])
  const types = useMemo(() => new Map(nodeTypes.map((type) => [type.type, type])), [nodeTypes])
  const session = useMemo(() => ({ ...opened.session, connections, types }), [opened, connections, types])
  return { session, autosave: opened.autosave, saveState }
}
