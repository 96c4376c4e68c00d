import { hasSqlDetails, loadModule, parseSync } from 'libpg-query'
import { AppError } from '#runtime/sdk/index.ts'
import { positionOf } from './position.ts'
import { prepare } from '#runtime/queries/pieces.ts'

await loadModule()

// Functions that wait, read or write files, reach other servers, hold locks or change a session. A read-only transaction stops writes to
// tables; it does not stop these.
const DANGEROUS =
  /^(pg_sleep.*|pg_read_.*|pg_ls_.*|pg_stat_file|pg_write_.*|lo_.*|loread|lowrite|dblink.*|pg_(try_)?advisory_.*|nextval|setval|set_config|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_notify|pg_switch_wal|pg_create_.*|pg_drop_.*|pg_logical_.*|pg_replication_.*|pg_backup_.*|pg_start_backup|pg_stop_backup|pg_promote|pg_export_snapshot|query_to_xml.*|cursor_to_xml.*|table_to_xml.*|schema_to_xml.*|database_to_xml.*|txid_current|pg_current_xact_id)$/

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What a query may not contain, found anywhere in its tree; null if it is harmless. */
function forbidden(node: Json): string | null {
  if (Array.isArray(node)) return firstOf(node)
  if (node === null || typeof node !== 'object') return null
  for (const [kind, value] of Object.entries(node)) {
    if (kind === 'intoClause') return 'INTO'
    if (kind === 'lockingClause') return 'FOR UPDATE / FOR SHARE'
    if (/^(Insert|Update|Delete|Merge)Stmt$/.test(kind)) return kind.replace('Stmt', '').toUpperCase()
    if (kind === 'FuncCall') {
      const name = functionName(value)
      if (name !== null && DANGEROUS.test(name)) return `${name}()`
    }
  }
  return firstOf(Object.values(node))
}

function firstOf(nodes: Json[]): string | null {
  for (const node of nodes) {
    const found = forbidden(node)
    if (found !== null) return found
  }
  return null
}

function functionName(call: Json | undefined): string | null {
  if (typeof call !== 'object' || call === null || Array.isArray(call) || !Array.isArray(call.funcname)) return null
  const last = call.funcname.at(-1)
  const text = typeof last === 'object' && last !== null && !Array.isArray(last) ? last.String : undefined
  const name = typeof text === 'object' && text !== null && !Array.isArray(text) ? text.sval : undefined
  return typeof name === 'string' ? name.toLowerCase() : null
}

/**
 * Lets one query of PostgreSQL through, judged by its real parser.
 * @throws AppError `sql-empty`, `sql-error` (with position), `sql-several-statements`, `sql-not-a-query`, `sql-forbidden`
 */
export function guardPostgres(sql: string): void {
  const { text } = prepare(sql, 'postgres')
  // The parser refuses an empty text in words of its own.
  if (text.trim() === '') throw new AppError('sql-empty', {})
  const statements = parse(sql, text)
  if (statements.length === 0) throw new AppError('sql-empty', {})
  if (statements.length > 1) throw new AppError('sql-several-statements', { count: statements.length })
  const statement = statements[0]?.stmt ?? {}
  const kind = Object.keys(statement)[0] ?? ''
  if (kind !== 'SelectStmt') throw new AppError('sql-not-a-query', { found: kind.replace(/Stmt$/, '').toUpperCase() || '?' })
  const found = forbidden(statement)
  if (found !== null) throw new AppError('sql-forbidden', { found })
}

function parse(sql: string, text: string): { stmt?: { [key: string]: Json } }[] {
  try {
    // The parser's own type is a union of all nodes; only plain JSON is looked at here.
    return (parseSync(text) as unknown as { stmts?: { stmt?: { [key: string]: Json } }[] }).stmts ?? []
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const at = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined
    const position = at === undefined ? {} : { position: positionOf(sql, at) }
    throw new AppError('sql-error', { detail: error.message }, { cause: error, ...position })
  }
}
