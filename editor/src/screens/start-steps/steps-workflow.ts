import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { line, STEP, step, tidied } from '../start-list/list-workflow.ts'

/** Ids of the steps that these pages have beside those of the pasted list. */
export const AUDIENCE = 'audience'
const QUERY = 'values'

/** Kinds of steps that people may come from, the one without SQL first. */
export const SOURCES = ['table-source', 'sql-source', 'list-source'] as const

interface Source {
  readonly type: string
  readonly config: WorkflowNode['config']
}

/** The graph of the three pages, before anything is chosen: the same that somebody would draw. */
export function stepsWorkflow(name: string, source: Source): WorkflowDocument {
  const nodes = [
    step(STEP.start, 'manual-trigger', {}),
    step(AUDIENCE, source.type, source.config),
    step(STEP.leaveOut, 'leave-out', { kind: 'phone', duplicates: true, unusable: true }),
    step(STEP.variables, 'mapping', { variables: {} }),
    step(STEP.text, 'template', { text: '' }),
    step(STEP.sms, 'send-sms', { connection: 'sandbox', expiresAfter: 1440 }),
  ]
  const edges = [
    line(STEP.start, 'start', [AUDIENCE, 'start']),
    line(AUDIENCE, 'rows', [STEP.leaveOut, 'rows']),
    line(STEP.leaveOut, 'rows', [STEP.variables, 'rows']),
    line(STEP.variables, 'rows', [STEP.text, 'rows']),
    line(STEP.text, 'messages', [STEP.sms, 'messages']),
  ]
  return tidied({ schemaVersion: 1, name, nodes, edges })
}

/** Where the people come from; undefined: somebody has drawn it otherwise than these pages do. */
export function audienceOf(document: Pick<WorkflowDocument, 'nodes'>): WorkflowNode | undefined {
  return document.nodes.find(({ id, type }) => id === AUDIENCE && (SOURCES as readonly string[]).includes(type))
}

/** People from elsewhere. Which column has their number is chosen anew. */
export function withSource(document: WorkflowDocument, { type, config }: Source): WorkflowDocument {
  const nodes = document.nodes.map((node) => (node.id === AUDIENCE ? { ...node, type, config } : node))
  return withAddress({ ...document, nodes }, null)
}

/** The column with the numbers, as the steps have it; null: none is chosen. */
export function addressOf({ nodes }: Pick<WorkflowDocument, 'nodes'>): string | null {
  const { address } = nodes.find(({ id }) => id === STEP.leaveOut)?.config ?? {}
  return typeof address === 'string' && address !== '' ? address : null
}

/** All steps that ask for the number take it from this column. */
export function withAddress(document: WorkflowDocument, column: string | null): WorkflowDocument {
  const nodes = document.nodes.map((node): WorkflowNode => {
    if (node.type !== 'leave-out' && !node.type.startsWith('send-')) return node
    const { address: _old, ...config } = node.config
    return { ...node, config: column === null ? config : { ...config, address: column } }
  })
  return { ...document, nodes }
}

/** The step that asks for more about each person; undefined: there is none. */
export function queryOf({ nodes }: Pick<WorkflowDocument, 'nodes'>): WorkflowNode | undefined {
  return nodes.find(({ id, type }) => id === QUERY && type === 'variable-query')
}

/** With a step that asks for more about each person before the variables are filled; `null` takes it away. */
export function withQuery(document: WorkflowDocument, config: WorkflowNode['config'] | null): WorkflowDocument {
  const rest = document.nodes.filter(({ id }) => id !== QUERY)
  const others = document.edges.filter(
    ({ source, target }) => source !== QUERY && target !== QUERY && !(source === STEP.leaveOut && target === STEP.variables),
  )
  if (config === null) {
    return tidied({ ...document, nodes: rest, edges: [...others, line(STEP.leaveOut, 'rows', [STEP.variables, 'rows'])] })
  }
  const place = rest.findIndex(({ id }) => id === STEP.variables)
  const nodes = rest.toSpliced(place, 0, step(QUERY, 'variable-query', config))
  const edges = [...others, line(STEP.leaveOut, 'rows', [QUERY, 'rows']), line(QUERY, 'rows', [STEP.variables, 'rows'])]
  return tidied({ ...document, nodes, edges })
}
