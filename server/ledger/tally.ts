import type { RowResults } from '#runtime/run/ledger.ts'

/** A chunk's counters. Expired and cancelled count as failed; a row that goes on elsewhere as moved, whatever its message says. */
export interface Tally {
  sent: number
  failed: number
  unconfirmed: number
  skipped: number
  moved: number
}

/** Counts the results of a slice; their sum is the number of rows. Throws for a state that no finished attempt has. */
export function tally(results: Pick<RowResults, 'states' | 'moved'>): Tally {
  const sums: Tally = { sent: 0, failed: 0, unconfirmed: 0, skipped: 0, moved: 0 }
  results.states.forEach((state, index) => {
    if (results.moved[index]) sums.moved++
    else if (state === 'sent') sums.sent++
    else if (state === 'unconfirmed') sums.unconfirmed++
    else if (state === 'skipped') sums.skipped++
    else if (state === 'failed' || state === 'expired' || state === 'cancelled') sums.failed++
    else throw new Error(`A row cannot end as ${state} without being moved`)
  })
  return sums
}
