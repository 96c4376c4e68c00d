import type { Pool } from 'pg'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import type { RunSums } from './sums.ts'

const text = `
select m.error_code as code, count(*)::int as n
from run_chunk k join messages m on m.run_no = k.run_no and m.node_no = k.node_no and m.seq between k.seq_from and k.seq_to and m.chunk_no = k.no
where k.run_no = $1 and m.run_no = $1 and k.skipped > 0 and m.state = ${messageStateNumber('skipped')}
group by 1`

/** Runs whose reasons are remembered. */
const KEPT = 200

/** Left-out people by reason. Reads the left-out people's chunks only, and only when there are more of them than at the last look. */
export class Excluded {
  readonly #pool: Pool
  readonly #known = new Map<number, { skipped: number; reasons: Readonly<Record<string, number>> }>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async read(runNo: number, sums: Pick<RunSums, 'chunks'> | undefined): Promise<Readonly<Record<string, number>>> {
    const skipped = sums?.chunks.reduce((sum, chunk) => sum + chunk.skipped, 0) ?? 0
    if (skipped === 0) return {}
    const known = this.#known.get(runNo)
    if (known?.skipped === skipped) return known.reasons
    const { rows } = await this.#pool.query<{ code: string | null; n: number }>({ name: 'run-excluded', text, values: [runNo] })
    const reasons = Object.fromEntries(rows.map(({ code, n }) => [code ?? 'skipped', n]))
    this.#known.delete(runNo)
    this.#known.set(runNo, { skipped, reasons })
    const oldest = this.#known.keys().next().value
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return reasons
  }
}
