import type { Fix, TextPosition } from '#schemas/problem.ts'
import { namesAColumn, namesIn, type NameInStatement } from '#runtime/queries/names-in.ts'
import { quoteName, writtenName } from '#schemas/sql-names.ts'
import type { Dialect } from '#runtime/sdk/index.ts'
import type { Finding } from './finding.ts'
import type { Graph } from './graph.ts'
import type { KnownFacts } from './known.ts'
import { fieldsWithWidget } from './schema-text.ts'

const dialects: readonly string[] = ['postgres', 'mysql', 'mariadb']
const isDialect = (text: string | null | undefined): text is Dialect => dialects.includes(text ?? '')

/** Where the place lies in the text, in UTF-16 units. */
function indexOf(text: string, { line, column }: TextPosition): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  return (
    before +
    Array.from(lines[line - 1] ?? '')
      .slice(0, column - 1)
      .join('').length
  )
}

/**
 * The statement with the name that looks like the lost one in its place. A column of the result keeps the name by which all that comes
 * behind knows it.
 */
function replaced(sql: string, name: NameInStatement, to: { similar: string; dialect: Dialect; isColumn: boolean }): string {
  const { similar, dialect, isColumn } = to
  const wasQuoted = /["`]/.test(sql[name.lastAt] ?? '')
  const old = sql.slice(name.lastAt, name.end)
  const as = isColumn && namesAColumn(sql, name, dialect) ? ` as ${old}` : ''
  return sql.slice(0, name.lastAt) + (wasQuoted ? quoteName : writtenName)(similar, dialect) + as + sql.slice(name.end)
}

/** A column or a table of a statement is gone, and another looks like it: the change of the statement that takes the other. */
export function otherName(finding: Finding, { graph, known }: { graph: Graph; known: KnownFacts }): Fix | null {
  const { nodeId = '', position, fields = {} } = finding
  const node = graph.nodes.get(nodeId)
  const [field] = node?.registered ? fieldsWithWidget(node.registered.type.config, 'sql') : []
  const [connection] = node?.registered ? fieldsWithWidget(node.registered.type.config, 'connection') : []
  const { similar } = fields
  if (!node || !field || !connection || !position || typeof similar !== 'string') return null
  const sql = node.source.config[field.name]
  const dialect = known.connection(String(node.source.config[connection.name]))?.dialect
  if (typeof sql !== 'string' || !isDialect(dialect)) return null
  const at = indexOf(sql, position)
  const name = namesIn(sql, dialect).find((one) => one.at === at)
  if (!name) return null
  const isColumn = finding.code === 'sql-column-like'
  const title = isColumn
    ? { en: `Use "${similar}"`, ko: `‘${similar}’ 열 쓰기` }
    : { en: `Use "${similar}"`, ko: `‘${similar}’ 표 쓰기` }
  return { title, nodeId, config: { [field.name]: replaced(sql, name, { similar, dialect, isColumn }) } }
}
