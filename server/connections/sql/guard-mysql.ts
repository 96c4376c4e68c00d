import { AppError } from '#runtime/sdk/index.ts'
import { skipOpaque } from '#runtime/queries/pieces.ts'
import { positionOf } from './position.ts'

const DANGEROUS_FUNCTIONS =
  /\b(sleep|benchmark|load_file|get_lock|release_lock|release_all_locks|is_free_lock|is_used_lock|master_pos_wait|source_pos_wait|wait_for_executed_gtid_set|wait_until_sql_thread_after_gtids|sys_exec|sys_eval|nextval|setval|last_insert_id)\s*\(/i

const FORBIDDEN: readonly [RegExp, string][] = [
  [/\binto\s+(outfile|dumpfile)\b/i, 'INTO OUTFILE'],
  [/\binto\b/i, 'INTO'],
  [/\bfor\s+(update|share)\b/i, 'FOR UPDATE'],
  [/\block\s+in\s+share\s+mode\b/i, 'LOCK IN SHARE MODE'],
  [/\bprocedure\s+analyse\b/i, 'PROCEDURE'],
  [/:=/, ':='],
  [/\bnext\s+value\s+for\b/i, 'NEXT VALUE FOR'],
]

const QUERIES: readonly string[] = ['SELECT', 'VALUES', 'TABLE']

/** Words that begin a statement which is no query. Another word at the beginning is a slip of the pen, and refused as one. */
const STATEMENTS =
  /^(ALTER|ANALYZE|BACKUP|BEGIN|BINLOG|CACHE|CALL|CHANGE|CHECK|CHECKSUM|CLONE|COMMIT|CREATE|DEALLOCATE|DECLARE|DELETE|DESC|DESCRIBE|DO|DROP|END|EXECUTE|EXPLAIN|FLUSH|GET|GRANT|HANDLER|HELP|IF|IMPORT|INSERT|INSTALL|KILL|LOAD|LOCK|LOOP|OPTIMIZE|PREPARE|PURGE|RELEASE|RENAME|REPAIR|REPEAT|REPLACE|RESET|RESIGNAL|RESTART|REVOKE|ROLLBACK|SAVEPOINT|SET|SHOW|SHUTDOWN|SIGNAL|START|STOP|TRUNCATE|UNINSTALL|UNLOCK|UPDATE|USE|WHILE|XA)$/

/** The word that stands after the named queries of a WITH; null where a bracket does. */
function mainWord(text: string): string | null {
  let flat = text
  for (let next = ''; next !== flat; flat = flat.replace(/\([^()]*\)/g, ' ')) next = flat.replace(/\([^()]*\)/g, ' ')
  const after = /^\s*with\s+(?:recursive\s+)?(?:[^\s,]+\s+as\s*,?\s*)+([a-z]+)?/i.exec(flat)
  return after?.[1]?.toUpperCase() ?? null
}

interface Code {
  /** Code without what is inside strings, quoted names and comments. */
  readonly text: string
  readonly statements: number
}

/** Takes strings, quoted names and comments out. @throws AppError `sql-forbidden` for comments whose content is run */
function bare(sql: string): Code {
  let text = ''
  let statements = 0
  let current = ''
  for (let at = 0; at < sql.length;) {
    const end = skipOpaque(sql, at, 'mysql')
    if (end > at) {
      // MySQL runs what is in /*! … */, MariaDB also what is in /*M! … */.
      if (/^\/\*M?!/.test(sql.slice(at, at + 4))) throw new AppError('sql-forbidden', { found: sql.slice(at, at + 4) })
      const isComment = sql.startsWith('/*', at) || sql.startsWith('--', at) || sql[at] === '#'
      current += isComment ? ' ' : "''"
      at = end
    } else if (sql[at] === ';') {
      if (current.trim() !== '') statements++
      text += `${current};`
      current = ''
      at++
    } else {
      current += sql[at]
      at++
    }
  }
  if (current.trim() !== '') statements++
  return { text: text + current, statements }
}

/**
 * Lets one query of MySQL or MariaDB through, by its words; PREPARE and a read-only transaction on the server judge it after this.
 * @throws AppError `sql-empty`, `sql-several-statements`, `sql-not-a-query`, `sql-error` (with position), `sql-forbidden`
 */
export function guardMysql(sql: string): void {
  const { text, statements } = bare(sql)
  if (statements === 0) throw new AppError('sql-empty', {})
  if (statements > 1) throw new AppError('sql-several-statements', { count: statements })
  const first = /[a-z_]+/i.exec(text.replace(/^[\s(]+/, ''))?.[0]?.toUpperCase() ?? '?'
  if (first !== 'WITH' && !QUERIES.includes(first)) {
    if (STATEMENTS.test(first)) throw new AppError('sql-not-a-query', { found: first })
    const position = positionOf(sql, Array.from(sql.slice(0, Math.max(0, sql.toUpperCase().indexOf(first)))).length)
    throw new AppError('sql-error', { detail: `syntax error at or near "${first}"` }, { position })
  }
  const main = first === 'WITH' ? mainWord(text) : null
  if (main !== null && !QUERIES.includes(main)) throw new AppError('sql-not-a-query', { found: main })
  for (const [pattern, found] of FORBIDDEN) if (pattern.test(text)) throw new AppError('sql-forbidden', { found })
  const dangerous = DANGEROUS_FUNCTIONS.exec(text)
  if (dangerous) throw new AppError('sql-forbidden', { found: `${dangerous[1]}()` })
}
