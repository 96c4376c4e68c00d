import { createStore, type StoreApi } from 'zustand/vanilla'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Change } from './change.ts'
import { marksOf } from './marks.ts'
import { emptyHistory, type History, perform, performWithLast, redo, undo } from './history.ts'

export interface DocumentState {
  readonly document: WorkflowDocument
  readonly history: History
  readonly selectedNodes: readonly string[]
  readonly selectedEdges: readonly string[]
  /** Notes and groups, by name (marks.ts). */
  readonly selectedMarks: readonly string[]
}

export interface DocumentActions {
  /** `mergeKey`: changes with the same key that follow each other closely become one step back. */
  change: (change: Change, mergeKey?: string) => void
  /** The same step back as the change before it: one act of a person that changes two things. */
  changeWithLast: (change: Change) => void
  undo: () => void
  redo: () => void
  /** Another draft takes the place of this one (the newer one of another tab): there is no way back from it. */
  replace: (document: WorkflowDocument) => void
  select: (nodes: readonly string[], edges?: readonly string[], marks?: readonly string[]) => void
}

export type DocumentStore = StoreApi<DocumentState & DocumentActions>

/** Selections only of what is there. */
function pruned(state: Pick<DocumentState, 'document' | 'selectedNodes' | 'selectedEdges' | 'selectedMarks'>) {
  const marks = new Set<string>(marksOf(state.document))
  const nodes = new Set(state.document.nodes.map(({ id }) => id))
  const edges = new Set(state.document.edges.map(({ id }) => id))
  const keep = (list: readonly string[], there: ReadonlySet<string>) =>
    list.every((id) => there.has(id)) ? list : list.filter((id) => there.has(id))
  return {
    selectedNodes: keep(state.selectedNodes, nodes),
    selectedEdges: keep(state.selectedEdges, edges),
    selectedMarks: keep(state.selectedMarks, marks),
  }
}

/** The open draft with its history and what is selected in it. Cards subscribe to their own node only. */
export function createDocumentStore(document: WorkflowDocument): DocumentStore {
  return createStore<DocumentState & DocumentActions>()((set, get) => {
    const settle = (next: { document: WorkflowDocument; history: History }) => set({ ...next, ...pruned({ ...get(), ...next }) })
    return {
      document,
      history: emptyHistory,
      selectedNodes: [],
      selectedEdges: [],
      selectedMarks: [],
      change: (change, mergeKey) =>
        settle(perform(get(), change, { now: Date.now(), ...(mergeKey === undefined ? {} : { mergeKey }) })),
      changeWithLast: (change) => settle(performWithLast(get(), change, Date.now())),
      undo: () => settle(undo(get())),
      redo: () => settle(redo(get())),
      replace: (next) => settle({ document: next, history: emptyHistory }),
      select: (selectedNodes, selectedEdges = [], selectedMarks = []) => {
        const state = get()
        const same = sameList(state.selectedNodes, selectedNodes) && sameList(state.selectedEdges, selectedEdges)
        if (same && sameList(state.selectedMarks, selectedMarks)) return
        set({ selectedNodes, selectedEdges, selectedMarks })
      },
    }
  })
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
