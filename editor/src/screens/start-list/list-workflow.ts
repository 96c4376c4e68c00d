import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'
import { tidyPositions } from '#editor/model/lines.ts'

/** Ids of the steps that the three pages speak of. */
export const STEP = {
  start: 'start',
  list: 'list',
  leaveOut: 'leave-out',
  variables: 'variables',
  text: 'text',
  alimtalk: 'alimtalk',
  sms: 'sms',
} as const

export type Channel = 'sms' | 'alimtalk'

interface Recipients {
  /** The stored list. */
  readonly list: string
  readonly listName: string
  /** Column with the phone numbers. */
  readonly address: string
  /** Column that says who wants no more messages; null: there is none. */
  readonly optOut: string | null
}

/** A step of a graph that nobody drew; `tidied` gives it its place. */
export const step = (id: string, type: string, config: WorkflowNode['config']): WorkflowNode => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})

export const line = (source: string, sourcePort: string, [target, targetPort]: [string, string]): WorkflowEdge => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort,
})

/** A text to begin with: a greeting by the column that looks like a name. */
export interface Beginning {
  readonly text: string
  readonly variable: string
  readonly column: string
}

/** Who is written to, wherever they are read from. */
interface Audience {
  readonly name: string
  readonly source: Pick<WorkflowNode, 'type' | 'config'>
  /** Column with the phone numbers. */
  readonly address: string
  /** Column that says who wants no more messages; null: there is none. */
  readonly optOut: string | null
  readonly beginning: Beginning | null
}

/** The workflow of a source and a text: the same graph that somebody would have drawn. */
export function messageWorkflow({ name, source, address, optOut, beginning }: Audience): WorkflowDocument {
  const variables = beginning === null ? {} : { [beginning.variable]: { column: beginning.column } }
  const nodes = [
    step(STEP.start, 'manual-trigger', {}),
    step(STEP.list, source.type, source.config),
    step(STEP.leaveOut, 'leave-out', { kind: 'phone', duplicates: true, unusable: true }),
    step(STEP.variables, 'mapping', { variables }),
    step(STEP.text, 'template', { text: beginning?.text ?? '' }),
    step(STEP.sms, 'send-sms', { connection: 'sandbox', expiresAfter: 1440 }),
  ]
  const edges = [
    line(STEP.start, 'start', [STEP.list, 'start']),
    line(STEP.list, 'rows', [STEP.leaveOut, 'rows']),
    line(STEP.leaveOut, 'rows', [STEP.variables, 'rows']),
    line(STEP.variables, 'rows', [STEP.text, 'rows']),
    line(STEP.text, 'messages', [STEP.sms, 'messages']),
  ]
  return tidied(withAddress({ schemaVersion: 1, name, nodes, edges }, { address, optOut }))
}

/** The workflow that a pasted list becomes. */
export function listWorkflow(name: string, people: Recipients, beginning: Beginning | null): WorkflowDocument {
  const source = { type: 'list-source', config: { list: people.list, name: people.listName } }
  return messageWorkflow({ name, source, address: people.address, optOut: people.optOut, beginning })
}

/** The same workflow for another list, or for other columns of it. */
export function withRecipients(document: WorkflowDocument, people: Recipients): WorkflowDocument {
  const nodes = document.nodes.map((node): WorkflowNode =>
    node.type === 'list-source' ? { ...node, config: { list: people.list, name: people.listName } } : node,
  )
  return withAddress({ ...document, nodes }, people)
}

/** Says to which column it goes, and which one says who wants nothing more. */
function withAddress(document: WorkflowDocument, { address, optOut }: Pick<Recipients, 'address' | 'optOut'>): WorkflowDocument {
  const nodes = document.nodes.map((node): WorkflowNode => {
    if (node.type === 'leave-out') {
      const { optOutColumn: _old, ...rest } = node.config
      return { ...node, config: { ...rest, address, ...(optOut === null ? {} : { optOutColumn: optOut }) } }
    }
    return node.type.startsWith('send-') ? { ...node, config: { ...node.config, address } } : node
  })
  return { ...document, nodes }
}

/** The list that the workflow reads; null: it reads none. */
export function listOf(document: Pick<WorkflowDocument, 'nodes'>): string | null {
  const { list } = document.nodes.find(({ type }) => type === 'list-source')?.config ?? {}
  return typeof list === 'string' && list !== '' ? list : null
}

/** How it is sent now; null: somebody has drawn it otherwise than these pages do. */
export function channelOf(document: WorkflowDocument): Channel | null {
  const sends = document.nodes.filter(({ type }) => type.startsWith('send-')).map(({ id }) => id)
  const text = document.nodes.some(({ id, type }) => id === STEP.text && type === 'template')
  if (!text || !sends.includes(STEP.sms) || sends.length > 2) return null
  return sends.length === 1 ? 'sms' : sends.includes(STEP.alimtalk) ? 'alimtalk' : null
}

/** The same workflow sent otherwise. By Alimtalk, whoever does not get it gets the text message. */
export function withChannel(document: WorkflowDocument, channel: Channel): WorkflowDocument {
  if (channelOf(document) === channel) return document
  const rest = document.edges.filter(({ target }) => target !== STEP.sms && target !== STEP.alimtalk)
  const sms = document.nodes.find(({ id }) => id === STEP.sms)
  if (sms === undefined) return document
  const others = document.nodes.filter(({ id }) => id !== STEP.sms && id !== STEP.alimtalk)
  if (channel === 'sms') {
    const nodes = others.map((node) => (node.id === STEP.text ? withoutKakao(node) : node))
    const edges = [...rest, line(STEP.text, 'messages', [STEP.sms, 'messages'])]
    return tidied({ ...document, nodes: [...nodes, sms], edges })
  }
  const nodes = others.map((node) =>
    node.id === STEP.text ? { ...node, config: { ...node.config, kakao: { templateCode: '', channelId: '' } } } : node,
  )
  const { template: _own, ...config } = sms.config
  const edges = [
    ...rest,
    line(STEP.text, 'messages', [STEP.alimtalk, 'messages']),
    line(STEP.alimtalk, 'undelivered', [STEP.sms, 'messages']),
  ]
  return tidied({ ...document, nodes: [...nodes, step(STEP.alimtalk, 'send-alimtalk', config), sms], edges })
}

function withoutKakao(node: WorkflowNode): WorkflowNode {
  const { kakao: _kakao, buttons: _buttons, ...config } = node.config
  return { ...node, config }
}

/** The same graph with its steps in lines. */
export function tidied(document: WorkflowDocument): WorkflowDocument {
  const positions = tidyPositions(document)
  return { ...document, nodes: document.nodes.map((node) => ({ ...node, position: positions[node.id] ?? node.position })) }
}
