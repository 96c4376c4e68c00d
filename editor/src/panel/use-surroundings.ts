import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type PastMapping, suggestColumns } from '#schemas/likeness/suggest.ts'
import type { Column } from '#schemas/column.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { pastMappingsQuery } from '#editor/api/past-mappings.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { type FormSurroundings, messagesByField } from '#editor/forms/form-context.ts'
import { downstream, variablesWanted } from '#editor/model/graph.ts'
import { plainText } from '#editor/model/plain-text.ts'
import type { EditorSession } from '#editor/model/session.ts'
import { applyFix, becomeType, setFields } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { variableActions } from './variable-actions.ts'

const noColumns: readonly Column[] = []
const noProblems: readonly Problem[] = []
const noPast: readonly PastMapping[] = []

/** What the form of a step knows: columns that come in, connections, what is wrong, values of the person shown. */
export function useSurroundings(node: WorkflowNode, type: NodeDescriptor): FormSurroundings {
  const session = useSession()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const problems = useChecks((state) => state.problemsByNode[node.id] ?? noProblems)
  const allProblems = useChecks((state) => state.problems)
  const firstIn = Object.keys(type.ports.in)[0] ?? ''
  const columns = useChecks((state) => state.columns[node.id]?.in[firstIn] ?? noColumns)
  const preview = useChecks((state) => state.preview)
  const person = useView((state) => state.person)
  const document = useDocument((state) => state.document)
  // Nobody waits for it: until it is there names and values speak alone.
  const past = useQuery(pastMappingsQuery(session.workflowId)).data?.items ?? noPast
  const sample = useMemo(() => sampleOf(preview, { nodeId: node.id, port: firstIn, person }), [preview, node.id, firstIn, person])
  return useMemo(
    () => ({
      messages: messagesByField(problems, language),
      columns,
      connections: session.connections,
      config: node.config,
      dialect: session.connections.find(({ id }) => id === node.config.connection)?.dialect ?? null,
      variablesWanted: variablesWanted(document, node.id),
      sample,
      lengthUnit: unitAfter(document, session, node.id),
      timezone:
        typeof node.config.timezone === 'string' && node.config.timezone !== ''
          ? node.config.timezone
          : (document.settings?.timezone ?? zone),
      onPreview: session.refreshPreview,
      onFix: (fix) => applyFix(session, fix),
      configure: (fields) => setFields(session, node.id, fields),
      become: (as) => becomeType(session, node.id, as),
      variables: variableActions({ session, node, document, problems: allProblems, columns, sample, past }),
      suggest: (variable) =>
        suggestColumns(
          variable,
          columns.filter((column) => column.variable !== true && column.hidden !== true),
          { past, sample },
        ),
    }),
    [problems, allProblems, language, columns, session, node, document, sample, zone, past],
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
