import type { BigPlan, Portion } from './big/portions.ts'
import type { CellRow } from './read-cells.ts'

/** Where a list comes from: what was pasted, or a file with its sheets. */
export interface Source {
  /** The file's name without what it ends in; null: it was pasted. */
  readonly name: string | null
  /** The sheets that can be read instead; empty where there is but one. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly rows: readonly CellRow[]
  /** A file so big that `rows` are only its first ones; null: they are all. */
  readonly big: BigRows | null
  /** Reads another sheet of the same file. */
  readonly open: (sheet: string) => Promise<Source>
}

/** A big file behind its first rows. */
export interface BigRows {
  readonly bytes: number
  /** All people of it, portion by portion, each read when it is asked for. */
  readonly portions: (plan: BigPlan, signal: AbortSignal) => AsyncGenerator<Portion>
}
