import type { Source } from './scope.ts'

/** Where a group of conditions stands: whose columns it names, and its place in the config. */
export interface Place {
  readonly path: string
  /** The source of a column: the group's own table, or the join that it names. Null: there is no such join (and it is a problem). */
  source(of: string | undefined, field: string): Source | null
  /** The table whose rows the conditions are about. */
  readonly own: Source
}
