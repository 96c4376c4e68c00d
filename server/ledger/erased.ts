import type { LedgerRun } from './ledger-run.ts'

/** How old an answer may be, ms: a lane asks once a chunk. */
const KEPT_MS = 2_000

// Who asks to be erased and comes anew is another matter: in the audience of a later run, or by a new event in one that stays open.
const wishes = `
select distinct h.hash::float8 as hash from workflow_run r join erasure e on e.workspace_id = r.workspace_id and e.at >= r.started_at,
  unnest(e.hashes) h(hash) where r.run_no = $1 and r.open_key is null`

/** Hashes of people of this workspace whose erasure was asked for since the run began; asked at most every two seconds. */
export function erasedSince({ pool, runNo }: Pick<LedgerRun, 'pool' | 'runNo'>): () => Promise<ReadonlySet<number>> {
  let known: { readonly until: number; readonly hashes: Promise<ReadonlySet<number>> } | null = null
  const ask = async (): Promise<ReadonlySet<number>> => {
    const { rows } = await pool.query<{ hash: number }>({ name: 'erased-since', text: wishes, values: [runNo] })
    return new Set(rows.map(({ hash }) => hash))
  }
  return () => {
    const now = performance.now()
    if (known === null || now > known.until) {
      const hashes = ask()
      known = { until: now + KEPT_MS, hashes }
      // Who asks next asks anew.
      hashes.catch(() => (known = null))
    }
    return known.hashes
  }
}
