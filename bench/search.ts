// "Did she get it?": how long the search for one number takes over all messages of all months, in the database. `node bench/search.ts`
// alone, or as a part of `npm run bench`. What was found is then opened chunk by chunk, which depends on how much one person got, not on
// how much everybody got.
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { startTemporary } from '#server/database/embedded/temporary.ts'
import { migrate } from '#server/database/migrate.ts'
import { makePartitions } from '#server/ledger/partitions.ts'
import { monthOf } from '#server/ledger/run-no.ts'
import { storedAcrossRuns } from '#server/messages/across-runs.ts'
import { quantile } from './stats.ts'

/** What was measured. */
export interface SearchMeasured {
  readonly messages: number
  readonly months: number
  /** ms for one number. */
  readonly p50Ms: number
  readonly p95Ms: number
}

const MONTHS = 12
const LOOKS = 40
const NOBODY = '00000000-0000-0000-0000-000000000000'

const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (message) => console.error(message) }

/** Measures, prints one line of JSON, and gives it back. */
export async function benchSearch({ messages }: { messages: number }): Promise<SearchMeasured> {
  const database = await startTemporary(log)
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  try {
    await migrate(database.url, log)
    await fill(pool, messages)
    const { rows: people } = await pool.query<{ hash: string }>(
      'select address_hash as hash from messages where seq = any($1) limit $2',
      [Array.from({ length: LOOKS }, (_, index) => index + 1), LOOKS],
    )
    const times: number[] = []
    for (const { hash } of people) {
      const began = performance.now()
      // A number may be a phone's or an id: it is looked for as both, and one of them is nobody's.
      await storedAcrossRuns(pool, { workspaceId: NOBODY, runId: null, hashes: [Number(hash), 1], most: 501 })
      times.push(performance.now() - began)
    }
    // The first look of a connection plans the statement and reads the catalogue.
    const later = times.slice(1)
    const measured = { messages, months: MONTHS, p50Ms: quantile(later, 0.5), p95Ms: quantile(later, 0.95) }
    console.log(JSON.stringify(measured))
    return measured
  } finally {
    await pool.end()
    await database.stop()
  }
}

async function fill(pool: pg.Pool, messages: number): Promise<void> {
  const last = monthOf(new Date())
  const months = Array.from({ length: MONTHS }, (_, index) => last - index)
  await makePartitions(pool, months)
  for (const month of months)
    await pool.query(
      `insert into messages (run_no, node_no, seq, chunk_no, state, address_hash, sent_at, final_at)
       select $1, 1, i, i / 1000, 3, (random() * 4503599627370495)::bigint, now(), now()
       from generate_series(1, $2::int) i`,
      [month * 2 ** 32 + 1, Math.ceil(messages / MONTHS)],
    )
  // What the database does by itself soon after.
  await pool.query('vacuum analyze messages')
}

if (import.meta.main) await benchSearch({ messages: Number(process.env['BENCH_ROWS'] ?? 1_000_000) })
