import type { Column } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import { waitPort, WAITED_UNTIL } from '#runtime/flow/waits.ts'
import { FAILED_COLUMNS } from '#runtime/ports.ts'
import type { ColumnsResult, Described, Known, NodeType } from '#runtime/sdk/index.ts'
import { markPersonal } from '#runtime/values/personal.ts'
import { columnNameFindings } from './column-names.ts'
import { ofNode, type Finding } from './finding.ts'
import type { Graph } from './graph.ts'
import type { GraphNode } from './graph-nodes.ts'
import { joinedColumns, joiningFindings } from './joined-columns.ts'
import type { PlanNode } from './plan.ts'

type PortColumns = Record<string, readonly Column[]>
type Form = NonNullable<ColumnsResult['form']>

/** A walk over the graph that knows the columns of every node it has passed. Nodes are passed in topological order. */
export interface Walk {
  /** Columns at the connected inputs of a node; null: not all of them are known, so nothing more is said about the node. */
  inputsOf(nodeId: string): PortColumns | null
  pass(nodeId: string, known: Known): void
  readonly nodes: Readonly<Record<string, PlanNode>>
  readonly columns: Readonly<Record<string, { in: PortColumns; out: PortColumns }>>
  readonly summaries: Readonly<Record<string, Localized>>
  /** Form of the messages that come out of a node. */
  readonly forms: ReadonlyMap<string, Form>
  readonly findings: readonly Finding[]
}

export function startWalk(graph: Graph): Walk {
  const nodes: Record<string, PlanNode> = {}
  const columns: Record<string, { in: PortColumns; out: PortColumns }> = {}
  const summaries: Record<string, Localized> = {}
  const forms = new Map<string, Form>()
  const findings: Finding[] = []

  const inputsOf = (nodeId: string): PortColumns | null => {
    const inputs: PortColumns = {}
    const ports = graph.nodes.get(nodeId)?.registered?.ports.in ?? {}
    for (const [port, { optional }] of Object.entries(ports)) {
      const sides = sidesOf(nodeId, port)
      if (sides === null || (sides.length === 0 && !optional)) return null
      const [first, second] = sides
      if (first) inputs[port] = second ? joinedColumns(sides) : first
    }
    return inputs
  }

  /** The columns of each line into an input; null: not all of them are known. */
  const sidesOf = (nodeId: string, port: string): (readonly Column[])[] | null => {
    const sides = graph.wires
      .filter(({ to, toPort }) => to === nodeId && toPort === port)
      .map(({ from, fromPort }) => columns[from]?.out[fromPort])
    return sides.every((side) => side !== undefined) ? sides : null
  }

  const pass = (nodeId: string, known: Known): void => {
    const node = graph.nodes.get(nodeId)
    if (!node?.registered) return
    const inputs = inputsOf(nodeId)
    // What comes in is known however unfinished the step is: its form offers these columns to finish it.
    if (inputs) columns[nodeId] = { in: inputs, out: {} }
    if (!node.config) return
    const { type } = node.registered
    const { config } = node
    const summary = asked(node, () => type.summary?.(config, known) ?? null)
    if (summary.answer) summaries[nodeId] = summary.answer
    if (!inputs) return
    for (const [port, { many }] of Object.entries(node.registered.ports.in))
      if (many) findings.push(...joiningFindings(nodeId, sidesOf(nodeId, port) ?? []))
    const result = asked(node, () => type.columns(config, inputs, known))
    if (result.finding) findings.push(result.finding)
    if (type.describe && !known.described && !known.describeFailed) findings.push({ code: 'not-checked-yet', nodeId })
    if (!result.answer) return
    findings.push(...(result.answer.problems ?? []).map((problem) => ofNode(nodeId, problem)))
    const outputs = outputsOf(type, { inputs, result: result.answer })
    findings.push(...columnNameFindings(nodeId, { inputs, outputs }))
    columns[nodeId] = { in: inputs, out: outputs }
    const form = result.answer.form ?? formOfInput(graph, { nodeId, forms })
    if (form) forms.set(nodeId, form)
    nodes[nodeId] = planNode(node, { config, no: graph.order.indexOf(nodeId) + 1, inputs, outputs, described: known.described })
  }

  return { inputsOf, pass, nodes, columns, summaries, forms, findings }
}

function planNode(
  node: GraphNode,
  rest: { config: PlanNode['config']; no: number; inputs: PortColumns; outputs: PortColumns; described: Described | null },
): PlanNode {
  if (!node.registered) throw new Error(`The node "${node.id}" has no type`)
  return { id: node.id, type: node.registered.type, label: node.name.ko, ...rest }
}

/** A plugin's function may throw: that is a problem of its step and stops nothing else. */
function asked<Answer>({ id, name, source }: GraphNode, ask: () => Answer): { answer: Answer | null; finding: Finding | null } {
  try {
    return { answer: ask(), finding: null }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { answer: null, finding: { code: 'node-broken', nodeId: id, fields: { node: name, type: source.type, detail } } }
  }
}

const WAITED_COLUMN: Column = { name: WAITED_UNTIL, type: 'instant', hidden: true }

/** Columns per output, the `failed` port's added: those of the input, and what went wrong. */
function outputsOf(type: NodeType, { inputs, result }: { inputs: PortColumns; result: ColumnsResult }): PortColumns {
  const outputs: PortColumns = {}
  for (const [port, known] of Object.entries(result.out))
    if (Object.hasOwn(type.ports.out, port)) outputs[port] = markPersonal(known)
  const waiting = waitPort(type)
  if (waiting !== null && outputs[waiting])
    outputs[waiting] = [...outputs[waiting].filter(({ name }) => name !== WAITED_UNTIL), WAITED_COLUMN]
  if (type.role !== 'transform') return outputs
  const [input = []] = Object.entries(type.ports.in).map(([port]) => inputs[port] ?? [])
  const added: Column[] = [
    { name: FAILED_COLUMNS.code, type: 'text' },
    { name: FAILED_COLUMNS.message, type: 'text' },
  ]
  outputs.failed = [...input.filter(({ name }) => added.every((column) => column.name !== name)), ...added]
  return outputs
}

/** Of several lines with texts, one that is no approved template makes the whole one of free text: no Alimtalk can follow. */
function formOfInput(graph: Graph, { nodeId, forms }: { nodeId: string; forms: ReadonlyMap<string, Form> }): Form | undefined {
  const found = graph.wires
    .filter(({ to, toPort }) => to === nodeId && graph.nodes.get(to)?.registered?.ports.in[toPort]?.kind === 'messages')
    .map(({ from }) => forms.get(from))
  return found.includes('text') ? 'text' : found.find((form) => form !== undefined)
}
