import { similarColumns } from '#runtime/compile/similar.ts'
import { namesIn } from '#runtime/queries/names-in.ts'
import { AppError, type Dialect } from '#runtime/sdk/index.ts'

/** What there is now, asked anew: a catalog that is kept for a day would not know of a name that was changed this morning. */
export interface NamesNow {
  /** Columns of those of these names that are tables. */
  columnsOf(names: readonly string[]): Promise<readonly string[]>
  tables(): Promise<readonly string[]>
}

const MOST_NAMES = 200

function mostLike(name: string, all: readonly string[]): string | undefined {
  const others = [...new Set(all)].filter((one) => one !== name).map((one) => ({ name: one, type: 'text' as const }))
  return similarColumns(name, others)[0]?.column.name
}

/**
 * Adds to an error about a name that is not there the one that looks like it: most often it was renamed. Whatever goes wrong while asking
 * leaves the error as it was. Gives an AppError to throw; what is no such error comes back as it came.
 */
export async function likeLost(error: unknown, at: { sql: string; dialect: Dialect; now: NamesNow }): Promise<unknown> {
  if (!(error instanceof AppError)) return error
  const { column, table } = error.fields
  const isColumn = error.code === 'sql-unknown-column'
  const full = isColumn ? column : error.code === 'sql-unknown-table' ? table : null
  if (typeof full !== 'string') return error
  const names = namesIn(at.sql, at.dialect)
  const all = await (
    isColumn ? at.now.columnsOf([...new Set(names.map(({ parts }) => parts.at(-1) ?? ''))].slice(0, MOST_NAMES)) : at.now.tables()
  ).catch(() => [])
  const last = full.split('.').at(-1) ?? full
  const similar = mostLike(last, all)
  if (similar === undefined) return error
  const options = { cause: error, ...(error.position && { position: error.position }) }
  return isColumn
    ? new AppError('sql-column-like', { column: full, similar }, options)
    : new AppError('sql-table-like', { table: full, similar }, options)
}
