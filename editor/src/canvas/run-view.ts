import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Localized } from '#schemas/localized.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { stable } from '#editor/model/checks-store.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'

/** What the cards and lines of a run read. */
export interface RunView {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
  readonly summaries: Readonly<Record<string, Localized>>
  readonly nodes: Readonly<Record<string, RunNode>>
  readonly toSend: number | null
  readonly running: boolean
}

export type RunViewStore = StoreApi<RunView>

export const createRunView = (view: RunView): RunViewStore => createStore<RunView>()(() => view)

/** Takes the newest figures. Those of a step that nothing happened to stay the same objects, so that its card is not drawn again. */
export function showRun(store: RunViewStore, view: RunView): void {
  store.setState({ ...view, nodes: stable(store.getState().nodes, { ...view.nodes }) })
}

const RunViewContext = createContext<RunViewStore | null>(null)

export const RunViewProvider = RunViewContext.Provider

/** A piece of the run: the card or line is drawn again when that piece changes. */
export function useRunView<Piece>(selector: (view: RunView) => Piece): Piece {
  const store = useContext(RunViewContext)
  if (store === null) throw new Error('This part of the run picture stands outside of a run.')
  return useStore(store, selector)
}
