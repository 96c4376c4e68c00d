import type { Connection } from '#schemas/connection.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { PART_INPUT, SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import { upstream } from './graph.ts'
import type { NodeTypeIndex } from './ports.ts'

/** A workflow in three plain steps: ids of the graph's steps, each in exactly one of them, in the order of the line. */
export interface Fold {
  /** Who gets it. */
  readonly people: readonly string[]
  /** What they get; empty where the channel brings its own text. */
  readonly content: readonly string[]
  /** What starts it (first, if something does), and where it goes out. */
  readonly sending: readonly string[]
}

export type FoldCard = keyof Fold

/** Steps that make the values and the text, and no longer choose people. */
const MAKES_CONTENT: ReadonlySet<string> = new Set(['variable-query', 'mapping', 'template'])

/**
 * Three plain steps of a workflow that is one line from its people to its channels; null where it is none (a branch, a loose step, a step of
 * an unknown kind, a workflow inside, nothing that sends): such a graph can only be seen as a whole.
 */
export function foldOf(document: Pick<WorkflowDocument, 'nodes' | 'edges'>, types: NodeTypeIndex): Fold | null {
  const line = lineOf(document)
  if (line === null || line.some(({ type }) => type === PART_INPUT || type === SUB_WORKFLOW)) return null
  const roles = line.map(({ type }) => types.get(type)?.role)
  const starts = roles[0] === 'trigger' ? 1 : 0
  const sends = roles.indexOf('channel')
  const isPlain = roles.every((role, place) => role !== undefined && place >= sends === (role === 'channel'))
  if (sends < 1 || !isPlain || roles.lastIndexOf('trigger') >= starts) return null
  const middle = line.slice(starts, sends)
  const texts = middle.findIndex(({ type }) => MAKES_CONTENT.has(type) || makesMessages(type, types))
  const ids = (nodes: readonly WorkflowNode[]) => nodes.map(({ id }) => id)
  const people = ids(texts < 0 ? middle : middle.slice(0, texts))
  const trigger = ids(line.slice(0, starts))
  // An event brings its person with it.
  const bringsPeople = people.length === 0
  if (bringsPeople && trigger.length === 0) return null
  return {
    people: bringsPeople ? trigger : people,
    content: ids(texts < 0 ? [] : middle.slice(texts)),
    sending: [...(bringsPeople ? [] : trigger), ...ids(line.slice(sends))],
  }
}

function makesMessages(type: string, types: NodeTypeIndex): boolean {
  return Object.values(types.get(type)?.ports.out ?? {}).some(({ kind }) => kind === 'messages')
}

/** All steps in order, if they are one line and nothing else. */
function lineOf({ nodes, edges }: Pick<WorkflowDocument, 'nodes' | 'edges'>): WorkflowNode[] | null {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const next = new Map(edges.map(({ source, target }) => [source, target]))
  const entered = new Set(edges.map(({ target }) => target))
  if (edges.length !== nodes.length - 1 || next.size !== edges.length || entered.size !== edges.length) return null
  const line: WorkflowNode[] = []
  let node = nodes.find(({ id }) => !entered.has(id))
  // As many steps as lines allow: with no two lines at one end of a step, a circle is never entered.
  while (node !== undefined) {
    line.push(node)
    node = byId.get(next.get(node.id) ?? '')
  }
  return line.length === nodes.length ? line : null
}

/** The card that a step lies in; null: in none. */
export function cardOf(fold: Fold, nodeId: string | undefined): FoldCard | null {
  if (nodeId === undefined) return null
  const cards: readonly FoldCard[] = ['people', 'content', 'sending']
  return cards.find((card) => fold[card].includes(nodeId)) ?? null
}

interface OwnText {
  readonly nodeId: string
  readonly text: string
  readonly buttons: readonly string[]
}

/** The text that a channel sends: its own, else that of the nearest step before it that has one. Null: nothing is written yet. */
export function textOf(document: WorkflowDocument, channelId: string): OwnText | null {
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  const own = contentOf(channelId, byId.get(channelId)?.config['template'])
  if (own !== null) return own
  for (const id of upstream(document, channelId)) {
    const node = byId.get(id)
    const found = node === undefined ? null : (contentOf(id, node.config['template']) ?? contentOf(id, node.config))
    if (found !== null) return found
  }
  return null
}

function contentOf(nodeId: string, value: unknown): OwnText | null {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') return null
  const listed: readonly unknown[] = 'buttons' in value && Array.isArray(value.buttons) ? value.buttons : []
  const buttons = listed.flatMap((button) =>
    typeof button === 'object' && button !== null && 'name' in button && typeof button.name === 'string' ? [button.name] : [],
  )
  return { nodeId, text: value.text, buttons }
}

/** Where a workflow's messages go: its connections, each once. `sandbox`: nothing of it can leave. */
export interface Destination {
  readonly connections: readonly Connection[]
  readonly sandbox: boolean
}

/** Only what is known to be a sandbox is one: a channel without a connection, or with one that is gone, is not. */
export function destinationOf(
  document: Pick<WorkflowDocument, 'nodes'>,
  { types, connections }: { readonly types: NodeTypeIndex; readonly connections: readonly Connection[] },
): Destination {
  const channels = document.nodes.filter(({ type }) => types.get(type)?.role === 'channel')
  const found = channels.map(({ config }) => connections.find(({ id }) => id === config['connection']))
  const known = [...new Set(found)].filter((connection) => connection !== undefined)
  return { connections: known, sandbox: found.length > 0 && found.every((connection) => connection?.kind === 'sandbox') }
}
