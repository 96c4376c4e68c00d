import type { Column } from '#schemas/column.ts'
import type { NodeExample } from '#schemas/node.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { createFlow } from '#runtime/flow/flow.ts'
import { isMessage, rowOf } from '#runtime/flow/message.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { portsOf, typeWith } from '#runtime/ports.ts'
import {
  AppError,
  type ColumnsResult,
  type InputColumns,
  type Known,
  type Message,
  type NodeContext,
  type NodeType,
  type Row,
} from '#runtime/sdk/index.ts'
import { deepFreeze } from '#runtime/test/deep-freeze.ts'

/** What an example's rows became: rows (messages by their parts) per port; `failed` and `skipped` as `{ row, code }`. */
export type ExampleOutput = Record<string, unknown[]>

/** The example's config with defaults filled in. Throws where the schema refuses it. */
export function configOf(type: NodeType, example: NodeExample): Readonly<Record<string, unknown>> {
  const { value, errors } = compileSchema(type.config)(example.config)
  if (errors.length > 0) {
    throw new Error(errors.map(({ instancePath, message }) => `config${instancePath} ${message ?? ''}`).join('; '))
  }
  // The schema of a config is one of an object.
  return value as Record<string, unknown>
}

/** Columns as given, else one text column per key of the first row. */
export function inputsOf(type: NodeType, example: NodeExample): InputColumns {
  const port = inputPort(type)
  if (port === null) return {}
  const names = Object.keys(example.in?.[0] ?? {})
  return { [port]: example.columns ?? names.map((name): Column => ({ name, type: 'text' })) }
}

/** A database, a provider and a list under any id: an example names things that no test has. */
const known: Known = {
  described: null,
  describeFailed: true,
  timezone: 'Asia/Seoul',
  connection: (id) => ({ id, name: id, kind: 'example', role: 'database', channels: [], dialect: 'postgres' }),
  list: (id) => ({ id, name: id, version: 1, rowCount: 1 }),
}

export function columnsOf(type: NodeType, example: NodeExample): ColumnsResult {
  return type.columns(configOf(type, example), inputsOf(type, example), known)
}

function inputPort(type: NodeType): string | null {
  const [port] = Object.entries(portsOf(type).in).filter(([, { kind }]) => kind !== 'start')
  return port?.[0] ?? null
}

function contextOf(inputs: InputColumns, signal: AbortSignal): NodeContext {
  const refuse = (): Promise<never> => Promise.reject(new Error('an example reaches nothing outside'))
  return {
    nodeId: 'example',
    signal,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock: { now: () => new Date('2026-11-23T00:00:00Z'), sleep: () => Promise.resolve() },
    preview: false,
    timezone: 'Asia/Seoul',
    run: { startedAt: '2026-11-23T00:00:00Z', previousRunAt: null, trigger: {} },
    connection: refuse,
    service: refuse,
    list: refuse,
    queries: { answer: refuse },
    tables: { compile: refuse },
    inputs,
    described: null,
    template: { id: 'example', version: 1 },
    report() {},
  }
}

export interface ExampleOptions {
  /** Rows a batch; default: all at once. */
  readonly batch?: number
  readonly signal?: AbortSignal
}

/** Runs an example's rows, frozen, through the node in the same flow as a real run: a node that changes, loses or invents rows throws. */
export async function runExample(
  declared: NodeType,
  example: NodeExample,
  { batch, signal = new AbortController().signal }: ExampleOptions = {},
): Promise<ExampleOutput> {
  const inputs = inputsOf(declared, example)
  const config = deepFreeze(configOf(declared, example))
  const type = typeWith(declared, config)
  const node: PlanNode = { id: 'example', type, config, no: 1, label: type.title.en, inputs, outputs: {}, described: null }
  const given: ExampleOutput = {}
  const keep = (port: string, values: readonly unknown[]) => void (given[port] ??= []).push(...values)
  const shown = (item: Row | Message): unknown => (isMessage(item) ? item.parts : rowOf(item))
  const flow = await createFlow({
    plan: { nodes: { example: node } },
    nodes: ['example'],
    wires: [],
    outlets: Object.keys(portsOf(type).out)
      .filter((port) => port !== 'failed')
      .map((fromPort) => ({ from: 'example', fromPort })),
    context: () => contextOf(inputs, signal),
    sinks: {
      outlet: (_from, port, items) => keep(port, items.map(shown)),
      failed: (_id, rows) =>
        keep(
          'failed',
          rows.map(({ row, error }) => ({ row, code: error.code })),
        ),
      skipped: (_id, rows) =>
        keep(
          'skipped',
          rows.map(({ row, reason }) => ({ row, code: reason })),
        ),
    },
  })
  // An example's rows are JSON, which is what rows are.
  const rows = deepFreeze(structuredClone(example.in ?? [])) as readonly Row[]
  try {
    const size = batch ?? Math.max(rows.length, 1)
    for (let at = 0; at < rows.length; at += size) await flow.push('example', inputPort(type) ?? '', rows.slice(at, at + size))
    await flow.finish()
  } catch (error) {
    // The flow hides what a node threw behind an error for people; whoever writes the node wants the thing itself.
    throw error instanceof AppError && error.cause instanceof Error ? error.cause : error
  }
  return given
}
