import type { PlanNode } from '#runtime/compile/plan.ts'
import { portsOf, type Ports } from '#runtime/ports.ts'
import { AppError, type NodeContext, type OpenNode, type Row } from '#runtime/sdk/index.ts'
import { outputCheck, type Given, type Item } from './check-outputs.ts'
import { Joining } from './joining.ts'
import { caught, fromNode } from './node-error.ts'
import { openWait } from './waits.ts'

/** A node of a flow, opened, its outputs checked and its throws turned into AppErrors that know where they came from. */
export interface OpenedNode {
  readonly node: PlanNode
  readonly ports: Ports
  /** What of these the input takes: all, and of an input with several lines nobody twice. */
  take(port: string, items: readonly Item[]): readonly Item[]
  process(port: string, items: readonly Item[]): Promise<Given>
  finish(): Promise<Given | null>
}

/** Opens a node once: with `open` where it has state, else its `process`. */
export async function openNode(node: PlanNode, context: NodeContext): Promise<OpenedNode> {
  const ports = portsOf(node.type)
  const opened = await guarded(node, context, () => start(node, context))
  const check = outputCheck(node, (port) => ports.out[port] !== undefined)
  const checked = (given: () => Given): Given => {
    try {
      return given()
    } catch (error) {
      throw error instanceof AppError ? fromNode(node.id, error) : caught(node.id, error, context)
    }
  }
  const joinings = new Map(
    Object.entries(ports.in)
      .filter(([, { many }]) => many)
      .map(([port]) => [port, new Joining(node.inputs[port] ?? [])]),
  )
  return {
    node,
    ports,
    take: (port, items) => joinings.get(port)?.take(items) ?? items,
    async process(port, items) {
      if (!ports.in[port]) throw new Error(`The node "${node.id}" has no input "${port}"`)
      // A node whose input takes messages gets messages; its signature speaks of rows, of which a message is one with more.
      const outputs = await guarded(node, context, () => opened.process(items as readonly Row[]))
      return checked(() => check(outputs, items, false))
    },
    async finish() {
      if (!opened.finish) return node.type.scope === 'audience' ? checked(() => check({}, [], true)) : null
      const outputs = await guarded(node, context, () => opened.finish?.() ?? {})
      return checked(() => check(outputs, [], true))
    },
  }
}

async function start(node: PlanNode, context: NodeContext): Promise<OpenNode> {
  const { type, config } = node
  if (type.open) return await type.open(config, context)
  // The config was checked against the schema that the function was written for.
  if (type.wait) return openWait(type, config as never, context)
  if (!type.process)
    throw new AppError('node-broken', { node: node.label, type: type.type, detail: 'It has neither `process` nor `open`.' })
  return { process: (batch) => type.process?.(batch, config, context) ?? {} }
}

async function guarded<Result>(node: PlanNode, context: NodeContext, work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw caught(node.id, error, context)
  }
}
