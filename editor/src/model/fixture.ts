import type { NodeDescriptor, NodeRole, PortDescriptor } from '#schemas/node.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { NodeTypeIndex } from './ports.ts'

// Small descriptors and documents for the tests of the model.

type Kinds = Record<string, PortDescriptor['kind']>

const ports = (kinds: Kinds): Record<string, PortDescriptor> =>
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { kind }]))

interface Shape {
  role: NodeRole
  in: Kinds
  out: Kinds
  ko: string
  fields?: Record<string, unknown>
}

function descriptor(type: string, shape: Shape): NodeDescriptor {
  return {
    type,
    version: 1,
    role: shape.role,
    effect: 'pure',
    scope: 'row',
    title: { en: type, ko: shape.ko },
    icon: 'puzzle',
    keywords: [],
    ports: { in: ports(shape.in), out: { ...ports(shape.out), failed: { kind: 'rows' } } },
    configSchema: { type: 'object', properties: shape.fields ?? {} },
    defaults: {},
    examples: [],
  }
}

const messages = 'messages' as const
const rows = 'rows' as const

const all: NodeDescriptor[] = [
  descriptor('manual-trigger', { role: 'trigger', in: {}, out: { start: 'start' }, ko: '직접 시작' }),
  descriptor('sql-source', { role: 'source', in: { start: 'start' }, out: { rows }, ko: 'SQL로 불러오기' }),
  descriptor('filter', { role: 'transform', in: { rows }, out: { matched: rows, rest: rows }, ko: '조건으로 고르기' }),
  descriptor('mapping', { role: 'transform', in: { rows }, out: { rows }, ko: '변수 채우기' }),
  descriptor('template', { role: 'transform', in: { rows }, out: { messages }, ko: '글 쓰기' }),
  descriptor('send-alimtalk', {
    role: 'channel',
    in: { messages },
    out: { sent: messages, undelivered: messages },
    ko: '알림톡 보내기',
    fields: { text: {} },
  }),
  descriptor('send-sms', {
    role: 'channel',
    in: { messages },
    out: { sent: messages, undelivered: messages },
    ko: '문자 보내기',
    fields: { text: {} },
  }),
]

export const types: NodeTypeIndex = new Map(all.map((type) => [type.type, type]))

export function typeOf(name: string): NodeDescriptor {
  const type = types.get(name)
  if (type === undefined) throw new Error(`no type ${name} in the fixture`)
  return type
}

function step(id: string, type: string, x: number): WorkflowNode {
  return { id, type, typeVersion: 1, position: { x, y: 0 }, config: {} }
}

/** start → audience → fill → text → send */
export function chain(): WorkflowDocument {
  const nodes = [
    step('start', 'manual-trigger', 0),
    step('audience', 'sql-source', 220),
    step('fill', 'mapping', 440),
    step('text', 'template', 660),
    step('send', 'send-alimtalk', 880),
  ]
  return {
    schemaVersion: 1,
    name: 'Chain',
    nodes,
    edges: [
      { id: 'e1', source: 'start', sourcePort: 'start', target: 'audience', targetPort: 'start' },
      { id: 'e2', source: 'audience', sourcePort: 'rows', target: 'fill', targetPort: 'rows' },
      { id: 'e3', source: 'fill', sourcePort: 'rows', target: 'text', targetPort: 'rows' },
      { id: 'e4', source: 'text', sourcePort: 'messages', target: 'send', targetPort: 'messages' },
    ],
  }
}
