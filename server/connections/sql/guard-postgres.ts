import { hasSqlDetails, loadModule, parseSync } from 'libpg-query'
import { prepare } from '#schemas/sql/pieces.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { dangerousPostgres } from './dangerous.ts'
import { depthsOf } from './depth.ts'
import { positionOf } from './position.ts'
import { refuseOutsize } from './size.ts'
import { tokensOf } from './tokens.ts'
import type { Named, Uses } from './uses.ts'

await loadModule()

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

interface Found {
  functions: Named[]
  relations: Named[]
  operators: Named[]
  types: string[]
  attributes: string[]
}

const objectOf = (node: Json | undefined): { [key: string]: Json } =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? node : {}

/** The parts of a name that is a list: `["pg_catalog", "lower"]`. */
function partsOf(list: Json | undefined): string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((one) => {
    const text = objectOf(objectOf(one).String).sval
    return typeof text === 'string' ? [text] : []
  })
}

function namedOf(list: Json | undefined): Named {
  const parts = partsOf(list)
  return { schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)

/** Names in one node of the tree. */
const READERS: Readonly<Record<string, (node: { [key: string]: Json }, found: Found) => void>> = {
  FuncCall: ({ funcname }, { functions }) => void functions.push(namedOf(funcname)),
  RangeVar: ({ schemaname, relname }, { relations }) =>
    void relations.push({ schema: textOf(schemaname), name: textOf(relname) ?? '' }),
  A_Expr: ({ name }, { operators }) => void operators.push(namedOf(name)),
  SortBy: ({ useOp }, { operators }) => void operators.push(namedOf(useOp)),
  SubLink: ({ operName }, { operators }) => void operators.push(namedOf(operName)),
  ColumnRef: ({ fields }, { attributes }) => void attributes.push(...partsOf(fields).slice(1)),
  A_Indirection: ({ indirection }, { attributes }) => void attributes.push(...partsOf(indirection)),
}

/** What a query may not contain wherever it stands; null if the node is harmless. */
function forbidden(kind: string, value: Json): string | null {
  if (kind === 'intoClause') return 'INTO'
  if (kind === 'lockingClause') return 'FOR UPDATE / FOR SHARE'
  if (/^(Insert|Update|Delete|Merge)Stmt$/.test(kind)) return kind.replace('Stmt', '').toUpperCase()
  if (kind !== 'FuncCall') return null
  const { name } = namedOf(objectOf(value).funcname)
  return dangerousPostgres(name) ? `${name}()` : null
}

/** Walks the whole tree, without a call for each level: trees can be thousands deep. @throws AppError `sql-forbidden` */
function usesOf(tree: Json): Uses {
  const found: Found = { functions: [], relations: [], operators: [], types: [], attributes: [] }
  const open: Json[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue
    if (Array.isArray(node)) {
      for (const one of node) open.push(one)
      continue
    }
    for (const [kind, value] of Object.entries(node)) {
      const wrong = forbidden(kind, value)
      if (wrong !== null) throw new AppError('sql-forbidden', { found: wrong })
      READERS[kind]?.(objectOf(value), found)
      // Wherever a type stands: casts, columns of a function's rows, what JSON returns.
      if (kind === 'typeName' || kind === 'TypeName') found.types.push(namedOf(objectOf(value).names).name)
      open.push(value)
    }
  }
  return found
}

/**
 * Lets one query of PostgreSQL through, judged by its real parser.
 * @returns the names to look behind
 * @throws AppError `sql-empty`, `sql-error` (with position), `sql-several-statements`, `sql-not-a-query`, `sql-forbidden`, `sql-too-long`, `sql-too-deep`
 */
export function guardPostgres(sql: string): Uses {
  refuseOutsize(sql)
  const { text } = prepare(sql, 'postgres')
  // The parser refuses an empty text in words of its own.
  if (text.trim() === '') throw new AppError('sql-empty', {})
  depthsOf(tokensOf(sql, 'postgres'))
  const statements = parse(sql, text)
  if (statements.length === 0) throw new AppError('sql-empty', {})
  if (statements.length > 1) throw new AppError('sql-several-statements', { count: statements.length })
  const statement = statements[0]?.stmt ?? {}
  const kind = Object.keys(statement)[0] ?? ''
  if (kind !== 'SelectStmt') throw new AppError('sql-not-a-query', { found: kind.replace(/Stmt$/, '').toUpperCase() || '?' })
  return usesOf(statement)
}

function parse(sql: string, text: string): { stmt?: { [key: string]: Json } }[] {
  try {
    // The parser's own type is a union of all nodes; only plain JSON is looked at here.
    return (parseSync(text) as unknown as { stmts?: { stmt?: { [key: string]: Json } }[] }).stmts ?? []
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error instanceof RangeError || /memory exhausted|stack depth/.test(error.message))
      throw new AppError('sql-too-deep', {}, { cause: error })
    const at = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined
    const position = at === undefined ? {} : { position: positionOf(sql, at) }
    throw new AppError('sql-error', { detail: error.message }, { cause: error, ...position })
  }
}
