import { useMemo } from 'react'
import type { Column } from '#schemas/column.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { type FormSurroundings, messagesByField } from '#editor/forms/form-context.ts'
import { downstream, upstream, variablesWanted } from '#editor/model/graph.ts'
import { plainText } from '#editor/model/plain-text.ts'
import type { EditorSession } from '#editor/model/session.ts'
import { applyFix, currentDocument } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'

const noColumns: readonly Column[] = []
const noProblems: readonly Problem[] = []

/** What the form of a step knows: columns that come in, connections, what is wrong, values of the person shown. */
export function useSurroundings(node: WorkflowNode, type: NodeDescriptor): FormSurroundings {
  const session = useSession()
  const language = useLanguage()
  const problems = useChecks((state) => state.problemsByNode[node.id] ?? noProblems)
  const firstIn = Object.keys(type.ports.in)[0] ?? ''
  const columns = useChecks((state) => state.columns[node.id]?.in[firstIn] ?? noColumns)
  const preview = useChecks((state) => state.preview)
  const person = useView((state) => state.person)
  const document = useDocument((state) => state.document)
  return useMemo(
    () => ({
      messages: messagesByField(problems, language),
      columns,
      connections: session.connections,
      dialect: session.connections.find(({ id }) => id === node.config.connection)?.dialect ?? null,
      variablesWanted: variablesWanted(document, node.id),
      sample: sampleOf(preview, { nodeId: node.id, port: firstIn, person }),
      lengthUnit: unitAfter(document, session, node.id),
      timezone:
        typeof node.config.timezone === 'string' && node.config.timezone !== ''
          ? node.config.timezone
          : (document.settings?.timezone ?? 'Asia/Seoul'),
      onPreview: session.refreshPreview,
      onFix: (fix) => applyFix(session, fix),
      onFillVariable: fillsBefore(document, session, node),
    }),
    [problems, language, columns, session, node, document, preview, firstIn, person],
  )
}

/** Values for one person: the row that comes in, and the finished variables over it. */
function sampleOf(preview: Preview | null, at: { nodeId: string; port: string; person: number }): Record<string, string> {
  const sample: Record<string, string> = Object.create(null)
  const rows = preview?.nodes[at.nodeId]?.in[at.port]?.rows
  const row = rows?.[Math.min(at.person, rows.length - 1)]
  for (const [name, value] of Object.entries(row ?? {})) {
    if (value !== null && value !== undefined) sample[name] = plainText(value)
  }
  const message = preview?.messages.find((one) => one.row === at.person) ?? preview?.messages[at.person]
  return Object.assign(sample, message?.variables)
}

/** What the channel that a text goes to counts in. */
function unitAfter(document: WorkflowDocument, session: EditorSession, nodeId: string): 'characters' | 'bytes' | null {
  for (const id of [nodeId, ...downstream(document, nodeId)]) {
    const channel = session.types.get(document.nodes.find((node) => node.id === id)?.type ?? '')?.channel
    if (channel !== undefined) return channel === 'sms' ? 'bytes' : 'characters'
  }
  return null
}

/** Typing `#` in a text fills the mapping before it, where there is one. */
function fillsBefore(document: WorkflowDocument, session: EditorSession, node: WorkflowNode): FormSurroundings['onFillVariable'] {
  const mappingId = upstream(document, node.id).find((id) => document.nodes.find((one) => one.id === id)?.type === 'mapping')
  if (mappingId === undefined) return null
  return (variable, column) => {
    const mapping = currentDocument(session).nodes.find(({ id }) => id === mappingId)
    if (mapping === undefined) return
    const variables =
      typeof mapping.config.variables === 'object' && mapping.config.variables !== null ? mapping.config.variables : {}
    const config = { ...mapping.config, variables: { ...variables, [variable]: { column } } }
    session.document.getState().change({ kind: 'configure', nodeId: mappingId, config })
  }
}
