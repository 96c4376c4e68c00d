import type { Column } from '#schemas/column.ts'
import type { Value } from './rows.ts'

/** What is known of a stored list without reading it. */
export interface KnownList {
  readonly id: string
  readonly name: string
  /** Its newest version: another one may have other columns. */
  readonly version: number
  readonly rowCount: number
}

/** One version of a list that people brought along. It never changes; a person who is erased is the one exception. */
export interface StoredList {
  readonly version: number
  readonly columns: readonly Column[]
  /** Rows in batches of up to 1,000, values in the order of `columns`. Read from the store as they are asked for. */
  rows(signal?: AbortSignal): AsyncIterable<readonly (readonly Value[])[]>
}

/** The stored lists of one workspace. */
export interface Lists {
  /** Null: there is none with this id. */
  known(id: string): KnownList | null
  /** @throws AppError `list-missing` */
  open(id: string): Promise<StoredList>
}
