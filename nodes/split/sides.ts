import { createHash } from 'node:crypto'
import type { Row } from '#runtime/sdk/index.ts'

/** Gives each row, in order, the place of its part. */
export type Side = (row: Row) => number

/** The first so many, the next so many, and the rest to the last part. */
export function byCount(counts: readonly number[]): Side {
  let at = 0
  let left = counts[0] ?? 0
  return () => {
    while (left < 1 && at < counts.length - 1) left = counts[++at] ?? 0
    if (at < counts.length - 1) left--
    return at
  }
}

/**
 * In turns: each row goes to the part that is most behind its share, so that after any number of rows nobody is off by more than one.
 * Decided by the order alone: a source that gives the same order gives the same sides.
 */
export function byTurns(shares: readonly number[]): Side {
  const given = shares.map(() => 0)
  let total = 0
  return () => {
    total++
    const behind = shares.map((share, at) => (share * total) / 100 - (given[at] ?? 0))
    const at = behind.indexOf(Math.max(...behind))
    given[at] = (given[at] ?? 0) + 1
    return at
  }
}

/** Steps of the ruler on which shares are laid: hundredths of a percent. */
const RULER = 10_000

/**
 * By the value of a column: the same value gets the same side in every run, whoever else is on the list. `salt` (the step) keeps two
 * splits of one workflow from dividing people alike, which would leave one side of the second empty.
 */
export function byKey(shares: readonly number[], { key, salt }: { key: string; salt: string }): Side {
  let sum = 0
  const ends = shares.map((share) => Math.round((sum += share) * (RULER / 100)))
  return (row) => {
    const value = row[key] ?? null
    const text = typeof value === 'string' ? value.trim().normalize('NFC') : JSON.stringify(value)
    const place = createHash('sha1').update(`${salt}\n${text}`).digest().readUInt32LE(0) % RULER
    const at = ends.findIndex((end) => place < end)
    return at === -1 ? shares.length - 1 : at
  }
}
