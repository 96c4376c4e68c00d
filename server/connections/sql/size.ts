import { AppError } from '#runtime/sdk/index.ts'

/** Longer statements are not judged: a person does not write them, and values are bound. */
const MOST_CHARACTERS = 200_000

/** What no query is made of. @throws AppError `sql-too-long`, `sql-forbidden` for a NUL, where a server might stop reading and we would not */
export function refuseOutsize(sql: string): void {
  if (sql.includes('\0')) throw new AppError('sql-forbidden', { found: 'NUL (U+0000)' })
  if (sql.length > MOST_CHARACTERS) throw new AppError('sql-too-long', { characters: sql.length, most: MOST_CHARACTERS })
}
