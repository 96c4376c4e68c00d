import type { Column } from '#schemas/column.ts'
import type { PastMapping } from '#schemas/likeness/suggest.ts'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { VariableActions } from '#editor/forms/form-context.ts'
import { canFill, copyVariable, fillVariable, renameVariable } from '#editor/model/fill-variable.ts'
import { offersFor } from '#editor/model/hole-offers.ts'
import { entriesOf, holeState, keyOf, mappingsBefore, filledBefore } from '#editor/model/mapping-of.ts'
import { currentDocument, type EditorSession } from '#editor/model/session.ts'

interface At {
  readonly session: EditorSession
  readonly node: WorkflowNode
  readonly document: WorkflowDocument
  /** All of the draft. */
  readonly problems: readonly Problem[]
  /** What comes in at the step. */
  readonly columns: readonly Column[]
  readonly sample: Readonly<Record<string, string>>
  /** What was mapped in other workflows. */
  readonly past: readonly PastMapping[]
}

/** What the form of a text, or of a mapping, can do with its variables. Every act is one step back. */
export function variableActions({ session, node, document, problems, columns, sample, past }: At): VariableActions {
  const mappings = mappingsBefore(document, node.id)
  const arriving = new Set(columns.filter(({ variable }) => variable === true).map(({ name }) => name.normalize('NFC')))
  const { types } = session
  const columnsInto = (id: string) => Object.values(session.checks.getState().columns[id]?.in ?? {}).flat()
  const wasFilledFrom = (name: string): string | null => {
    const mapping = mappings.find((one) => keyOf(one, name) !== null)
    const column = mapping && entriesOf(mapping)[keyOf(mapping, name) ?? '']?.column
    return typeof column === 'string' && column !== '' ? column : null
  }
  const owner = (name: string) =>
    [...(node.type === 'mapping' ? [node] : []), ...mappings].find((one) => keyOf(one, name) !== null)
  return {
    stateOf: (name) => holeState(name, { mappings, problems, arriving }),
    canFill: (column) => canFill({ document, types, columnsInto }, node.id, column),
    offersFor: (name) =>
      offersFor(name, {
        columns: columns.filter((column) => canFill({ document, types, columnsInto }, node.id, column.name)),
        sample,
        past,
        filled: filledBefore(document, node.id),
        was: wasFilledFrom(name),
      }),
    fill: ({ variable, column, withText }) => {
      const wish = { nodeId: node.id, variable, column }
      const change = fillVariable({ document: currentDocument(session), types, columnsInto }, wish)
      const store = session.document.getState()
      if (change !== null) (withText ? store.changeWithLast : store.change)(change)
    },
    rename: (old, next, { copy } = { copy: false }) => {
      const mapping = owner(old)
      const make = copy ? copyVariable : renameVariable
      const change = mapping === undefined ? null : make(currentDocument(session), mapping.id, { old, next })
      if (change !== null) session.document.getState().change(change)
      return change !== null
    },
  }
}
