import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import type { CatalogNamesAnswer } from '#schemas/api/catalog.ts'
import type { ConnectionTest } from '#schemas/connection.ts'
import { quoteName } from '#schemas/sql-names.ts'
import { AppError, type Dialect } from '#runtime/sdk/index.ts'
import { isFields, pick, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import { quotedTable } from '#server/catalog/quote.ts'
import { answerOf, askRows } from './ask-rows.ts'
import { databaseOf } from './database-of.ts'
import type { SeedCall, SeedRoute } from './seed-route.ts'

/** `/api/mysql/…`: the connected database, of whatever kind it is. */
export const mysqlRoutes: readonly SeedRoute[] = [
  [
    'GET /api/mysql/tables',
    { summary: 'Tables of the connected database' },
    async (call) => ({ tables: (await catalogOf(call)).tables.map(tableOf) }),
  ],
  [
    'GET /api/mysql/columns/:table',
    { summary: 'Columns of a table' },
    async (call) => ({ columns: tableIn(await catalogOf(call), call.params['table'] ?? '').columns.map(columnOf) }),
  ],
  [
    'POST /api/mysql/query',
    { summary: 'First rows of a query; nothing but a query passes' },
    async (call) => answerOf(await askRows(call)),
  ],
  ['POST /api/mysql/test', { summary: 'Test the connection' }, testConnection],
  ['POST /api/mysql/test-connection', { summary: 'Test the connection' }, testConnection],
  [
    'GET /api/mysql/table-mappings',
    { summary: 'What tables and columns are called' },
    async (call) => (await namesOf(call)).names,
  ],
  ['POST /api/mysql/table-mappings', { summary: 'Say what tables and columns are called' }, saveNames],
  [
    'GET /api/mysql/variables',
    { summary: 'Rows of a table in which a text stands' },
    async (call) => answerOf(await search(call, call.query)),
  ],
  [
    'POST /api/mysql/targets/preview',
    { summary: 'Rows of a table in which a text stands' },
    async (call) => answerOf(await search(call, call.body)),
  ],
]

export async function catalogOf(call: SeedCall): Promise<Catalog> {
  const { id } = await databaseOf(call)
  return call.inside.ask<Catalog>(call.request, ['GET', `/api/connections/${encodeURIComponent(id)}/catalog`])
}

export const tableOf = ({ id, displayName, description, rowEstimate, columns }: CatalogTable) => ({
  name: id,
  displayName: displayName ?? id,
  description,
  rowEstimate,
  columnCount: columns.length,
})

export const columnOf = ({
  name,
  type,
  sourceType,
  nullable,
  primaryKey,
  displayName,
  description,
  filterable,
}: CatalogColumn) => ({
  name,
  type,
  sourceType,
  nullable,
  primaryKey,
  displayName: displayName ?? name,
  description,
  filterable,
})

/** @throws AppError `not-found` */
function tableIn({ tables }: Catalog, name: string): CatalogTable {
  const found = tables.find(({ id }) => id === name)
  if (!found) throw new AppError('not-found', { what: 'table' })
  return found
}

async function testConnection(call: SeedCall): Promise<unknown> {
  const host = textOf(call.body, 'host')
  const { id } = host === null ? await databaseOf(call) : { id: '' }
  const { password, ...settings } = { ...fieldsForTest(call.body) }
  const path = host === null ? `/api/connections/${encodeURIComponent(id)}/test` : '/api/connections/test'
  const body = host === null ? {} : { name: host, kind: 'mysql', settings, secrets: { password } }
  const tested = await call.inside.ask<ConnectionTest>(call.request, ['POST', path, body])
  return { success: tested.ok, connected: tested.ok, ...tested }
}

function fieldsForTest(body: Fields) {
  return {
    host: textOf(body, 'host') ?? '',
    port: Number(textOf(body, 'port') ?? 3306),
    database: textOf(body, 'database') ?? '',
    user: textOf(body, 'user') ?? '',
    password: textOf(body, 'password') ?? '',
    timezone: textOf(body, 'timezone') ?? 'Asia/Seoul',
  }
}

async function namesOf(call: SeedCall): Promise<CatalogNamesAnswer> {
  const { id } = await databaseOf(call)
  return call.inside.ask(call.request, ['GET', `/api/connections/${encodeURIComponent(id)}/catalog/names`])
}

async function saveNames(call: SeedCall): Promise<unknown> {
  const [{ id }, { revision }] = [await databaseOf(call), await namesOf(call)]
  const inner = pick(call.body, 'mappings', 'tableMappings')
  const { connection: _, ...names } = call.body
  const body = { revision, names: isFields(inner) ? inner : names }
  const saved = await call.inside.ask<CatalogNamesAnswer>(call.request, [
    'PUT',
    `/api/connections/${encodeURIComponent(id)}/catalog/names`,
    body,
  ])
  return { success: true, mappings: saved.names, unknown: saved.unknown }
}

/** Rows of a table in one of whose columns a text stands. Names come from the catalog, the text is bound. */
async function search(call: SeedCall, wish: Fields) {
  const { dialect, ...catalog } = await catalogOf(call)
  const table = tableIn({ ...catalog, dialect }, textOf(wish, 'table', 'tableName') ?? '')
  const term = textOf(wish, 'term', 'search', 'keyword') ?? ''
  const name = (column: CatalogColumn) => quoteName(column.name, dialect)
  const columns = table.columns.filter(({ filterable }) => filterable)
  if (columns.length === 0) throw new AppError('not-found', { what: 'column' })
  const where = term === '' ? '' : `\nwhere ${columns.map((one) => holds(name(one), dialect)).join('\n  or ')}`
  const sql = `select ${table.columns.map(name).join(', ')}\nfrom ${quotedTable(table, dialect)}${where}`
  const parameters: Record<string, string> = term === '' ? {} : { term: `%${term.replace(/[!%_]/g, '!$&')}%` }
  return askRows({ ...call, body: wish }, { sql, parameters })
}

const holds = (column: string, dialect: Dialect): string =>
  dialect === 'postgres' ? `cast(${column} as text) ilike :term escape '!'` : `cast(${column} as char) like :term escape '!'`
