import type { Plan } from '#runtime/compile/plan.ts'
import type { FailedRow, Row, SkippedRow } from '#runtime/sdk/index.ts'
import { addressColumns } from './address-column.ts'
import { normalAddress } from './address.ts'
import { ChunkBuilder, CHUNK_ROWS } from './chunk-builder.ts'
import type { ChunkRows } from './chunk.ts'
import { storedCode } from './error-code.ts'
import type { HashAddresses, LeftOut } from './ledger.ts'

interface Out {
  readonly row: Row
  readonly seq: number
  readonly state: 'skipped' | 'failed'
  readonly code: string
  readonly attempt: number
}

interface Numbering {
  readonly numberFor: (row: Row) => number
  /** Which try of theirs this is: 1, but for what was cancelled and is sent again. */
  readonly attempt?: number
}

/** Gathers people who are taken out by exclusion, node by node, and writes them in chunks: each with a row, a reason and a hash. */
export class LeftOutBuffer {
  readonly #plan: Plan
  readonly #write: (people: LeftOut) => Promise<void>
  readonly #hash: HashAddresses
  readonly #waiting = new Map<string, Out[]>()

  constructor(plan: Plan, deps: { write: (people: LeftOut) => Promise<void>; hash: HashAddresses }) {
    this.#plan = plan
    this.#write = deps.write
    this.#hash = deps.hash
  }

  failed(nodeId: string, rows: readonly FailedRow[], { numberFor, attempt = 1 }: Numbering): Promise<void> {
    return this.#add(
      nodeId,
      rows.map(({ row, error }) => ({ row, seq: numberFor(row), state: 'failed', code: storedCode(error), attempt })),
    )
  }

  skipped(nodeId: string, rows: readonly SkippedRow[], { numberFor, attempt = 1 }: Numbering): Promise<void> {
    return this.#add(
      nodeId,
      rows.map(({ row, reason }) => ({ row, seq: numberFor(row), state: 'skipped', code: reason, attempt })),
    )
  }

  async finish(): Promise<void> {
    for (const [nodeId, waiting] of this.#waiting) await this.#flush(nodeId, waiting.splice(0))
  }

  async #add(nodeId: string, out: Out[]): Promise<void> {
    const waiting = this.#waiting.get(nodeId) ?? []
    this.#waiting.set(nodeId, waiting)
    waiting.push(...out)
    while (waiting.length >= CHUNK_ROWS) await this.#flush(nodeId, waiting.splice(0, CHUNK_ROWS))
  }

  async #flush(nodeId: string, out: Out[]): Promise<void> {
    if (out.length === 0) return
    const node = this.#plan.nodes[nodeId]
    if (!node) throw new Error(`The plan has no node ${nodeId}`)
    out.sort((a, b) => a.seq - b.seq)
    for (const [rows, part] of sameShape(out)) {
      await this.#write({
        nodeNo: node.no,
        attempt: part[0]?.attempt ?? 1,
        rows,
        states: part.map((one) => one.state),
        errorCodes: part.map((one) => one.code),
        hashes: hashesOf(
          this.#plan,
          part.map(({ row }) => row),
          this.#hash,
        ),
      })
    }
  }
}

/** A chunk has one set of columns, and one attempt; rows that failed and rows that were skipped may have had different ones. */
function sameShape(out: readonly Out[]): [ChunkRows, Out[]][] {
  const groups = new Map<string, Out[]>()
  for (const one of out) {
    const shape = [one.attempt, ...Object.keys(one.row)].join('\u0000')
    groups.set(shape, [...(groups.get(shape) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const builder = new ChunkBuilder(Number.POSITIVE_INFINITY)
    builder.add(
      group.map((one) => one.row),
      group.map((one) => one.seq),
    )
    const rows = builder.rest()
    return rows ? [[rows, group] as [ChunkRows, Out[]]] : []
  })
}

/** By what people of one shape are searched who have not come to a channel; null: by nothing. */
export function hashesOf(plan: Plan, rows: readonly Row[], hash: HashAddresses): (number | null)[] {
  const address = addressIn(plan, rows[0] ?? {})
  const normals = rows.map((row) => (address ? normalAddress(address.kind, row, address.column) : null))
  return hash(address?.kind ?? 'token', normals)
}

/** The first channel of the plan whose address column the row has: what people are searched by. */
function addressIn(plan: Plan, row: Row): { kind: 'phone' | 'email' | 'token'; column: string } | null {
  for (const { kind, elsewhere } of addressColumns(plan)) {
    const column = elsewhere.find((name) => Object.hasOwn(row, name))
    if (column !== undefined) return { kind, column }
  }
  return null
}
