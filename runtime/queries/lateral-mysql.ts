import type { Column } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/index.ts'
import { quoteName } from '#schemas/sql-names.ts'
import { isDay } from './grouped.ts'
import { answerName, inner, type Question, type Rewrite } from './lateral.ts'

/**
 * How a parameter travels in the JSON document, and which values arrive there as they would have arrived as a bound value. The document
 * converts more readily than a bound value does ('1.5' to 2): what is not written as the type writes it is asked alone.
 */
interface Carriage {
  readonly type: string
  readonly fits: (value: string) => boolean
}

const INTEGER: Carriage = { type: 'bigint', fits: (value) => /^(0|-?[1-9]\d{0,17})$/.test(value) }
const DECIMAL: Carriage = {
  type: 'decimal(65,20)',
  fits: (value) => /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/.test(value),
}
const DATE: Carriage = { type: 'date', fits: isDay }
const TEXT: Carriage = { type: 'json', fits: () => true }

/** By the type that the server derived for the parameter when it prepared the statement (MySQL 8.0.22 and later). */
function carriageOf(column: Column | null): Carriage | null {
  switch (column?.type) {
    case 'integer':
      return INTEGER
    case 'decimal':
      return column.sourceType === 'DECIMAL' ? DECIMAL : null
    case 'date':
      return DATE
    case 'text':
      return TEXT
    default:
      return null
  }
}

/** Whether the document says what a bound value would have said. NULL equals nothing, whatever its type. */
export function canCarry(parameters: Question['parameters'], set: Readonly<Record<string, Value>>): boolean {
  return parameters.every(({ name, column }) => {
    const carriage = carriageOf(column)
    const value = set[name] ?? null
    if (carriage === null) return false
    if (value === null) return true
    // A number beside a text is compared by rules of its own.
    if (carriage === TEXT) return typeof value === 'string'
    return (typeof value === 'string' || typeof value === 'number') && carriage.fits(String(value))
  })
}

/**
 * MySQL 8: all sets in one statement (`canCarry` says which). A text must be compared by the collation of what it is compared with, as a
 * bound one is: a column of JSON_TABLE would bring its own, the answer of JSON_UNQUOTE gives way like a literal (coercibility 4; MySQL
 * manual, "Collation Coercibility in Expressions").
 */
export function lateralMysql(question: Question): Rewrite {
  const { parameters, sets, columns } = question
  const carriages = parameters.map(({ column }) => carriageOf(column) ?? TEXT)
  const uses = new Map(
    parameters.map(({ name }, i) => [name, carriages[i] === TEXT ? `json_unquote(alimflow_s.p${i})` : `alimflow_s.p${i}`]),
  )
  const query = inner(question, (name) => `(${uses.get(name) ?? 'null'})`)
  const names = columns.map((_, i) => quoteName(answerName(i), 'mysql'))
  const table = carriages.map(({ type }, i) => `p${i} ${type} path '$.p${i}'`)
  const sql = `select alimflow_s.n, q.total, ${names.map((name) => `q.${name}`).join(', ')}
from json_table(:alimflow_sets, '$[*]' columns (${["n int path '$.n'", ...table].join(', ')})) as alimflow_s
join lateral (
  select row_number() over () as c, count(*) over () as total, i.* from (select * from (
${query}
) as i0(${names.join(', ')}) limit 2) as i) as q on q.c = 1`
  const rows = sets.map((set, n) => ({ n, ...carried(parameters, set) }))
  return { sql, parameters: { alimflow_sets: JSON.stringify(rows) } }
}

/** NULL is left out: a JSON null would become the text `null`. */
function carried(parameters: Question['parameters'], set: Readonly<Record<string, Value>>): Record<string, Value> {
  const entries = parameters.map(({ name }, i): [string, Value] => [`p${i}`, set[name] ?? null])
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}
