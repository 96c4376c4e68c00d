import { AppError, type FailedRow, type Message, type Outputs, type Row, type SkippedRow } from '#runtime/sdk/index.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { rowOf } from './message.ts'
import { numberOf } from './recipient.ts'

export type Item = Row | Message

/** What a node gave back, port by port, checked. */
export interface Given {
  readonly ports: readonly (readonly [port: string, items: readonly Item[]])[]
  readonly failed: readonly FailedRow[]
  readonly skipped: readonly SkippedRow[]
  /** Rows and messages over all ways out. */
  readonly total: number
}

/** What one node gives back is compared with what it declares: a plugin's mistake is named, and nobody is lost or sent twice by it. */
export interface OutputCheck {
  /** Reads what a node gave back for `items` (none at the end of the input). Throws `node-unknown-output`, `node-lost-rows` … */
  (outputs: Outputs, items: readonly Item[], isEnd: boolean): Given
}

/** The check of one opened node; it keeps the balance of an audience node over the whole input. */
export function outputCheck(node: PlanNode, hasOutput: (port: string) => boolean): OutputCheck {
  const perBatch = node.type.scope === 'row'
  const mayDrop = node.type.drops === true
  let taken = 0
  let given = 0
  let areNumbered = false
  return (outputs, items, isEnd) => {
    const out = readOutputs(node, outputs, hasOutput)
    const rows = items.map(rowOf)
    const [first] = rows
    if (first) areNumbered = numberOf(first) !== undefined
    taken = perBatch ? items.length : taken + items.length
    given = perBatch ? out.total : given + out.total
    if ((perBatch || isEnd) && !mayDrop && taken !== given) throw lostRows(node, taken, given)
    if (areNumbered) checkRecipients(node, { rows: perBatch ? rows : null, out })
    return out
  }
}

function readOutputs(node: PlanNode, outputs: Outputs, hasOutput: (port: string) => boolean): Given {
  const ports: [string, readonly Item[]][] = []
  let total = 0
  for (const [port, items] of Object.entries(outputs)) {
    if (port === 'failed' || port === 'skipped' || items === undefined) continue
    if (!hasOutput(port)) throw new AppError('node-unknown-output', { node: node.label, type: node.type.type, port })
    // `failed` and `skipped` are the only ports with other items, and they were passed over.
    const given = items as readonly Item[]
    if (!Array.isArray(given)) throw broken(node, `The port "${port}" must give an array of rows.`)
    ports.push([port, given])
    total += given.length
  }
  const failed = outputs.failed ?? []
  const skipped = outputs.skipped ?? []
  return { ports, failed, skipped, total: total + failed.length + skipped.length }
}

/** Recipients' numbers must survive, each once. `rows`: what came in, where only that may come out (null: an audience node keeps rows back). */
function checkRecipients(node: PlanNode, { rows, out }: { rows: readonly Row[] | null; out: Given }): void {
  const [only] = out.ports
  if (rows && out.ports.length === 1 && only && isSameOrder(rows, only[1])) return
  const known = rows && new Set(rows.map(numberOf))
  const seen = new Set<number>()
  for (const row of rowsOf(out)) {
    const number = row && numberOf(row)
    if (number === undefined || (known && !known.has(number)))
      throw new AppError('node-lost-recipient', { node: node.label, type: node.type.type })
    if (seen.has(number)) throw new AppError('node-repeats-recipient', { node: node.label, type: node.type.type })
    seen.add(number)
  }
}

/** The common case, without a set: what came in came out, in order. */
function isSameOrder(rows: readonly Row[], items: readonly Item[]): boolean {
  return (
    items.length === rows.length &&
    items.every((item, index) => {
      const number = numberOf(rowOf(item))
      return number !== undefined && number === numberOf(rows[index] as Row)
    })
  )
}

function* rowsOf(out: Given): Generator<Row> {
  for (const [, items] of out.ports) for (const item of items) yield rowOf(item)
  for (const { row } of out.failed) yield row
  for (const { row } of out.skipped) yield row
}

function lostRows(node: PlanNode, taken: number, given: number): AppError {
  return new AppError('node-lost-rows', { node: node.label, type: node.type.type, in: taken, out: given })
}

function broken(node: PlanNode, detail: string): AppError {
  return new AppError('node-broken', { node: node.label, type: node.type.type, detail })
}
