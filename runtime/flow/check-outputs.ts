import { AppError, type FailedRow, type Message, type Outputs, type Row, type SkippedRow } from '#runtime/sdk/index.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
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

type Place = (item: Item) => Row

/** The row that rides in an item of a port, by the port's kind. */
export function rowAt(kind: 'rows' | 'messages'): Place {
  // The kind of the port says which of the two an item is.
  return kind === 'messages' ? (item) => (item as Message).row : (item) => item as Row
}

interface Kinds {
  in(items: readonly Item[]): readonly Row[]
  out(port: string): Place | null
}

/** The check of one opened node; it keeps the balance of an audience node over the whole input. */
export function outputCheck(node: PlanNode, kinds: Kinds): OutputCheck {
  const perBatch = node.type.scope === 'row'
  const mayDrop = node.type.drops === true
  let taken = 0
  let given = 0
  let areNumbered = false
  return (outputs, items, isEnd) => {
    const out = readOutputs(node, outputs, kinds)
    const rows = kinds.in(items)
    const [first] = rows
    if (first) areNumbered = numberOf(first) !== undefined
    taken = perBatch ? items.length : taken + items.length
    given = perBatch ? out.total : given + out.total
    if ((perBatch || isEnd) && !mayDrop && taken !== given) throw lostRows(node, taken, given)
    if (areNumbered) checkRecipients(node, { rows: perBatch ? rows : null, out, kinds })
    return out
  }
}

function readOutputs(node: PlanNode, outputs: Outputs, kinds: Kinds): Given {
  const ports: [string, readonly Item[]][] = []
  let total = 0
  for (const [port, items] of Object.entries(outputs)) {
    if (port === 'failed' || port === 'skipped' || items === undefined) continue
    if (!kinds.out(port)) throw new AppError('node-unknown-output', { node: node.label, type: node.type.type, port })
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
function checkRecipients(node: PlanNode, { rows, out, kinds }: { rows: readonly Row[] | null; out: Given; kinds: Kinds }): void {
  const [only] = out.ports
  if (rows && out.ports.length === 1 && only && isSameOrder(rows, only[1], kinds.out(only[0]))) return
  const known = rows && new Set(rows.map(numberOf))
  const seen = new Set<number>()
  for (const row of rowsOf(out, kinds)) {
    const number = row && numberOf(row)
    if (number === undefined || (known && !known.has(number)))
      throw new AppError('node-lost-recipient', { node: node.label, type: node.type.type })
    if (seen.has(number)) throw new AppError('node-repeats-recipient', { node: node.label, type: node.type.type })
    seen.add(number)
  }
}

/** The common case, without a set: what came in came out, in order. */
function isSameOrder(rows: readonly Row[], items: readonly Item[], place: Place | null): boolean {
  if (!place || items.length !== rows.length) return false
  return items.every((item, index) => {
    const row: Row | undefined = place(item)
    const number = row && numberOf(row)
    return number !== undefined && number === numberOf(rows[index] as Row)
  })
}

/** A port of messages may have been given something without a row by mistake: undefined is handed on to be refused. */
function* rowsOf(out: Given, kinds: Kinds): Generator<Row | undefined> {
  for (const [port, items] of out.ports) {
    const place = kinds.out(port)
    if (place) for (const item of items) yield place(item)
  }
  for (const { row } of out.failed) yield row
  for (const { row } of out.skipped) yield row
}

function lostRows(node: PlanNode, taken: number, given: number): AppError {
  return new AppError('node-lost-rows', { node: node.label, type: node.type.type, in: taken, out: given })
}

function broken(node: PlanNode, detail: string): AppError {
  return new AppError('node-broken', { node: node.label, type: node.type.type, detail })
}
