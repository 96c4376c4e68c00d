import type { Outlet, Plan, PlanNode, SendStage, Stage, Wire } from '#runtime/compile/plan.ts'
import type { NodeType } from '#runtime/sdk/index.ts'

/** A chain of nodes, as a test draws it: the source and audience nodes, what stands before the channel, the channels. */
export interface Chain {
  audience: [id: string, type: NodeType][]
  /** A stage of its own that reshapes rows after a query. */
  rows?: [id: string, type: NodeType][]
  between: [id: string, type: NodeType][]
  channel: [id: string, type: NodeType]
  fallback?: [id: string, type: NodeType]
  /** Default `undelivered`. */
  fallbackPort?: 'undelivered' | 'sent'
}

/** The plan of a chain, as compile would make it. */
export function planOf(chain: Chain): Plan {
  const order = [
    ...chain.audience,
    ...(chain.rows ?? []),
    ...chain.between,
    chain.channel,
    ...(chain.fallback ? [chain.fallback] : []),
  ]
  const fallbackPort = chain.fallbackPort ?? 'undelivered'
  const nodes: Record<string, PlanNode> = {}
  order.forEach(([id, type], index) => {
    nodes[id] = { id, type, config: {}, no: index + 1, label: id, inputs: {}, outputs: {}, described: null }
  })
  const no = (id: string): number => nodes[id]?.no ?? 0
  const wires: Wire[] = order.slice(0, -1).map(([id], index) => wire(order, [id, (order[index + 1] as [string, NodeType])[0]]))
  const inside = (ids: readonly string[]): Wire[] => wires.filter((one) => ids.includes(one.from) || ids.includes(one.to))
  const audience = chain.audience.map(([id]) => id)
  const between = chain.between.map(([id]) => id)
  const rows = (chain.rows ?? []).map(([id]) => id)
  const intoSend = wires.find((one) => one.to === (between[0] ?? chain.channel[0])) as Wire
  const sendNo = no(chain.channel[0])
  const firstNo = rows[0] === undefined ? sendNo : no(rows[0])
  const out: Outlet = { from: audience.at(-1) as string, fromPort: portOf(chain.audience.at(-1)), stage: firstNo }
  const send: SendStage = {
    kind: 'send',
    no: sendNo,
    channel: chain.channel[0],
    entry: intoSend,
    nodes: between,
    wires: inside(between).filter((one) => between.includes(one.from)),
    reads: between.filter((id) => nodes[id]?.type.effect === 'read'),
    outlets: chain.fallback ? [{ from: chain.channel[0], fromPort: fallbackPort, stage: no(chain.fallback[0]) }] : [],
    line: sendNo,
    after: null,
    waited: 'none',
  }
  const stages: Stage[] = [
    {
      kind: 'audience',
      no: 1,
      sources: [audience[0] as string],
      nodes: audience,
      wires: wires.filter((one) => audience.includes(one.from) && audience.includes(one.to)),
      outlets: [out],
    },
  ]
  if (rows.length > 0)
    stages.push({
      kind: 'rows',
      no: firstNo,
      entries: [wires.find((one) => one.to === rows[0]) as Wire],
      nodes: rows,
      wires: wires.filter((one) => rows.includes(one.from) && rows.includes(one.to)),
      outlets: [{ from: rows.at(-1) as string, fromPort: portOf(chain.rows?.at(-1)), stage: sendNo }],
      after: null,
    })
  stages.push(send)
  if (chain.fallback) {
    const entry: Wire = { from: chain.channel[0], fromPort: fallbackPort, to: chain.fallback[0], toPort: 'messages' }
    stages.push({
      ...send,
      no: no(chain.fallback[0]),
      channel: chain.fallback[0],
      entry,
      nodes: [],
      wires: [],
      reads: [],
      outlets: [],
      after: { channel: chain.channel[0], port: fallbackPort },
    })
  }
  return { nodes, trigger: '', audience: stages[0] as Plan['audience'], stages, timezone: 'Asia/Seoul' }
}

function portOf(node: [string, NodeType] | undefined): string {
  return Object.keys(node?.[1].ports.out ?? { rows: 1 })[0] ?? 'rows'
}

function wire(order: readonly [string, NodeType][], [from, to]: [string, string]): Wire {
  const type = (id: string): NodeType | undefined => order.find(([one]) => one === id)?.[1]
  return {
    from,
    fromPort: portOf([from, type(from) as NodeType]),
    to,
    toPort: Object.keys(type(to)?.ports.in ?? {})[0] ?? 'rows',
  }
}
