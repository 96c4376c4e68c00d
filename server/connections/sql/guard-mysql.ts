import { AppError } from '#runtime/sdk/index.ts'
import { dangerousMysql } from './dangerous.ts'
import { depthsOf } from './depth.ts'
import { positionOf } from './position.ts'
import { refuseOutsize } from './size.ts'
import { calledIn, isSign, relationsIn, type Token, tokensOf, wordOf } from './tokens.ts'
import { NO_USES, type Uses } from './uses.ts'

/** What a query may not contain, as the words that follow each other in it. `|` parts the choices for one place. */
const FORBIDDEN: readonly (readonly string[])[] = [
  ['INTO', 'OUTFILE|DUMPFILE'],
  ['INTO'],
  ['FOR', 'UPDATE|SHARE'],
  ['LOCK', 'IN', 'SHARE', 'MODE'],
  ['PROCEDURE'],
  ['NEXT', 'VALUE', 'FOR'],
]

const QUERIES: readonly string[] = ['SELECT', 'VALUES', 'TABLE']

/** Words that begin a statement which is no query. Another word at the beginning is a slip of the pen, and refused as one. */
const STATEMENTS =
  /^(ALTER|ANALYZE|BACKUP|BEGIN|BINLOG|CACHE|CALL|CHANGE|CHECK|CHECKSUM|CLONE|COMMIT|CREATE|DEALLOCATE|DECLARE|DELETE|DESC|DESCRIBE|DO|DROP|END|EXECUTE|EXPLAIN|FLUSH|GET|GRANT|HANDLER|HELP|IF|IMPORT|INSERT|INSTALL|KILL|LOAD|LOCK|LOOP|OPTIMIZE|PREPARE|PURGE|RELEASE|RENAME|REPAIR|REPEAT|REPLACE|RESET|RESIGNAL|RESTART|REVOKE|ROLLBACK|SAVEPOINT|SET|SHOW|SHUTDOWN|SIGNAL|START|STOP|TRUNCATE|UNINSTALL|UNLOCK|UPDATE|USE|WHILE|XA)$/

/** Hints that would take the limits of a session back. */
const HINTS = /\b(set_var|max_execution_time|resource_group)\b/i

/** @throws AppError `sql-forbidden` for comments whose content is run, and for hints that change the session */
function refuseRun(comment: string): void {
  // MySQL runs what is in /*! … */, MariaDB also what is in /*M! … */.
  if (/^\/\*M?!/i.test(comment)) throw new AppError('sql-forbidden', { found: comment.slice(0, 4) })
  const hint = comment.startsWith('/*+') ? HINTS.exec(comment)?.[1] : undefined
  if (hint !== undefined) throw new AppError('sql-forbidden', { found: `${hint.toUpperCase()}()` })
}

/** The statements of the text, by `;`; empty ones do not count. */
function statementsOf(tokens: readonly Token[]): Token[][] {
  const found: Token[][] = [[]]
  for (const token of tokens) {
    if (isSign(token, ';')) found.push([])
    else found.at(-1)?.push(token)
  }
  return found.filter((statement) => statement.length > 0)
}

/** The word that stands after the named queries of a WITH; null where a bracket does. */
function mainWord(tokens: readonly Token[], depths: readonly number[]): string | null {
  for (let at = 1; at < tokens.length; at++) {
    // The end of a named query: its closing bracket, and no comma after it.
    if (depths[at] !== 0 || !isSign(tokens[at], ')') || isSign(tokens[at + 1], ',')) continue
    const next = wordOf(tokens[at + 1])
    if (next !== '' && next !== 'AS' && next !== 'CYCLE') return next
    if (isSign(tokens[at + 1], '(')) return null
  }
  return null
}

function forbiddenIn(tokens: readonly Token[]): string | null {
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, ':') && isSign(tokens[at + 1], '=')) return ':='
    if (token.kind !== 'word') continue
    const match = FORBIDDEN.find((words) => words.every((word, i) => word.split('|').includes(wordOf(tokens[at + i]))))
    if (match) return match.map((_, i) => wordOf(tokens[at + i])).join(' ')
  }
  const called = calledIn(tokens, 'mysql').find(({ name }) => dangerousMysql(name))
  return called ? `${called.name}()` : null
}

/** @throws AppError `sql-error` at the place of the word */
function refuseSlip(sql: string, word: string): never {
  const position = positionOf(sql, Array.from(sql.slice(0, Math.max(0, sql.toUpperCase().indexOf(word)))).length)
  throw new AppError('sql-error', { detail: `syntax error at or near "${word}"` }, { position })
}

/**
 * Lets one query of MySQL or MariaDB through, by its words; what is behind its names, PREPARE and a read-only transaction on the server
 * judge it after this.
 * @returns the names to look behind
 * @throws AppError `sql-empty`, `sql-several-statements`, `sql-not-a-query`, `sql-error` (with position), `sql-forbidden`, `sql-too-long`, `sql-too-deep`
 */
export function guardMysql(sql: string): Uses {
  refuseOutsize(sql)
  const statements = statementsOf(tokensOf(sql, 'mysql', refuseRun))
  const tokens = statements[0]
  if (!tokens) throw new AppError('sql-empty', {})
  if (statements.length > 1) throw new AppError('sql-several-statements', { count: statements.length })
  const depths = depthsOf(tokens)
  const first = wordOf(tokens.find((token) => !isSign(token, '('))) || '?'
  if (first !== 'WITH' && !QUERIES.includes(first)) {
    if (STATEMENTS.test(first)) throw new AppError('sql-not-a-query', { found: first })
    refuseSlip(sql, first)
  }
  const main = first === 'WITH' ? mainWord(tokens, depths) : null
  if (main !== null && !QUERIES.includes(main)) throw new AppError('sql-not-a-query', { found: main })
  const found = forbiddenIn(tokens)
  if (found !== null) throw new AppError('sql-forbidden', { found })
  return { ...NO_USES, functions: calledIn(tokens, 'mysql'), relations: relationsIn(tokens) }
}
