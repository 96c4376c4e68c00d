import { quoteName } from '#schemas/sql-names.ts'
import type { CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import type { SqlConnection } from '#runtime/sdk/index.ts'
import type { ReadCatalog } from './blank.ts'
import { holdsByName, lookAtValues } from './holds.ts'
import { quotedTable } from './quote.ts'
import { relationCandidates, type Candidate } from './relation-candidates.ts'

/** Somebody waits, and it is somebody's database: each part stops after this, ms. What was not looked at stays unknown. */
const PART_MS = 3000
const STATEMENT_MS = 1000
const ROWS = 40
/** Tables whose values are looked at: more would take longer than anybody waits. */
const MOST_TABLES = 300
/** Of the values that were looked at so many must be keys of the other table: without foreign keys some rows are orphans. */
const ENOUGH = 0.9

type Asking = Pick<SqlConnection, 'query' | 'dialect'>

/** Fills in what names and a few values say: personal columns, columns that can be written to, relations that nobody declared. */
export async function lookAtData(database: Asking, catalog: ReadCatalog, now: () => number): Promise<void> {
  for (const { columns } of catalog.tables) {
    for (const column of columns) {
      const holds = holdsByName(column)
      if (holds !== undefined) Object.assign(column, { holds, personal: true })
    }
  }
  const values = within(now)
  for (const table of catalog.tables.slice(0, MOST_TABLES)) {
    if (values.isOver()) break
    await lookAtTable(database, table)
  }
  const relations = within(now)
  for (const candidate of relationCandidates(catalog.tables)) {
    if (relations.isOver()) break
    const guess = relationOf(candidate)
    const isKnown = candidate.from.relations.some((known) => known.columns.join('\0') === guess.columns.join('\0'))
    if (!isKnown && (await isContained(database, candidate))) candidate.from.relations.push(guess)
  }
}

function within(now: () => number): { isOver(): boolean } {
  const end = now() + PART_MS
  return { isOver: () => now() > end }
}

const relationOf = ({ column, to, key }: Candidate): CatalogRelation => ({
  columns: [column.name],
  to: { table: to.id, columns: [key.name] },
  origin: 'guessed',
  toOne: true,
})

/** The first rows as they lie there: no order, no count. Views are left alone: theirs may take minutes. */
async function lookAtTable(database: Asking, table: CatalogTable): Promise<void> {
  const texts = table.columns.filter(({ type }) => type === 'text').slice(0, 60)
  if (table.kind === 'view' || texts.length === 0) return
  const list = texts.map(({ name }) => quoteName(name, database.dialect)).join(', ')
  const sql = `select ${list} from ${quotedTable(table, database.dialect)} limit ${ROWS}`
  const rows = await rowsOf(database, sql)
  for (const [place, column] of texts.entries()) {
    const found = lookAtValues(rows.map((row) => row[place]).filter((value) => typeof value === 'string'))
    if (found.holds !== undefined) column.holds = found.holds
    if (found.personal) column.personal = true
  }
}

/** Are a few values of the column keys of the other table? A table without values proves nothing against it. */
async function isContained(database: Asking, { from, column, to, key }: Candidate): Promise<boolean> {
  const { dialect } = database
  const [value, target] = [quoteName(column.name, dialect), quoteName(key.name, dialect)]
  const some = `select ${value} as v from ${quotedTable(from, dialect)} where ${value} is not null limit 200`
  const sql = `select count(*) as n, count(t.${target}) as found from (select distinct v from (${some}) a) s left join ${quotedTable(to, dialect)} t on t.${target} = s.v`
  const [row] = await rowsOf(database, sql)
  if (!row) return false
  const [all, found] = row.map(Number)
  return (found ?? 0) >= (all ?? 0) * ENOUGH
}

/** A statement that does not go well (a time-out, a broken view, types that do not compare) is no answer, and no fault of the schema. */
async function rowsOf(database: Asking, sql: string): Promise<readonly (readonly unknown[])[]> {
  try {
    return (await database.query({ sql, parameters: {} }, { maxRows: ROWS, timeoutMs: STATEMENT_MS })).rows
  } catch {
    return []
  }
}
