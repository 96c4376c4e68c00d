import type { Dialect } from '#schemas/sql/dialect.ts'
import { tokensOf } from '#schemas/sql/tokens.ts'

const LANGUAGES = { postgres: 'postgresql', mysql: 'mysql', mariadb: 'mariadb' } as const

/** Everything of a statement but its white space and comments. */
const meaning = (sql: string, dialect: Dialect): string =>
  tokensOf(sql, dialect)
    .map(({ kind, text }) => `${kind} ${text}`)
    .join('\n')

/** Do two texts say the same, whatever their lines? */
export function saysTheSame(one: string, other: string, dialect: Dialect): boolean {
  return one === other || meaning(one, dialect) === meaning(other, dialect)
}

/** The formatter takes the FROM of `extract(day from …)` for one of a query. */
const joinExtracts = (sql: string): string =>
  sql.replace(
    /\bextract\s*\(\s*(\w+)\s+from\s+([\w.]+)\s*\)/gi,
    (_all, part: string, of: string) => `extract(${part} from ${of})`,
  )

/**
 * A statement in lines that are easy to read; null where it cannot be laid out without changing what it says. The formatter is loaded when
 * somebody asks for it.
 */
export async function formatSql(sql: string, dialect: Dialect): Promise<string | null> {
  const { format } = await import('sql-formatter')
  try {
    const laidOut = joinExtracts(
      format(sql, {
        language: LANGUAGES[dialect],
        keywordCase: 'preserve',
        tabWidth: 2,
        paramTypes: { custom: [{ regex: ':[\\p{L}_][\\p{L}\\p{N}_]*' }] },
      }),
    )
    return saysTheSame(laidOut, sql, dialect) ? laidOut : null
  } catch {
    // It does not read as a statement: that is for the database to say.
    return null
  }
}
