import { createContext, useContext } from 'react'
import type { Localized } from '#schemas/localized.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
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

const RunViewContext = createContext<RunView | null>(null)

export const RunViewProvider = RunViewContext.Provider

export function useRunView(): RunView {
  const view = useContext(RunViewContext)
  if (view === null) throw new Error('This part of the run picture stands outside of a run.')
  return view
}
