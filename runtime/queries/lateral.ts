import type { Column } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/index.ts'
import { quoteName } from '#schemas/sql-names.ts'

/** The columns that the two queries below add in front: number of the set, and rows found (1, or 2 for "more than one"). */
export const EXTRA_COLUMNS = 2

/** Names of the answer's columns inside the rewritten query: their own may repeat or be missing. */
export const answerName = (i: number): string => `a${i}`

export interface Rewrite {
  readonly sql: string
  readonly parameters: Readonly<Record<string, Value>>
}

export interface Question {
  readonly pieces: readonly ({ readonly code: string } | { readonly parameter: string })[]
  readonly columns: readonly Column[]
  readonly parameters: readonly { readonly name: string; readonly column: Column | null }[]
  readonly sets: readonly Readonly<Record<string, Value>>[]
}

/** A statement's end: a `;` or a comment there would cut off what is written around it. */
export function withoutEnd(code: string): string {
  return code.replace(/[;\s]+$/, '')
}

/** The statement with each parameter as `parameter` writes it, without its end. */
export function inner(question: Question, parameter: (name: string) => string): string {
  const text = question.pieces.map((piece) => ('code' in piece ? piece.code : parameter(piece.parameter))).join('')
  return withoutEnd(text)
}

/** How PostgreSQL is told the type of a value that comes as text; empty where it cannot be told. */
export function castOf(column: Column | null): string {
  // The type that is called `char` in a cast holds one character.
  if (column?.sourceType === 'char') return '::bpchar'
  return column?.sourceType && /^[a-z0-9 ]+$/.test(column.sourceType) ? `::${column.sourceType}` : ''
}

/**
 * PostgreSQL: all sets in one statement. Each parameter is one array, unnested beside its number; the query itself stands in a LATERAL
 * with a limit of two, so that "the first by its own order" and "there were more" come from one look.
 */
export function lateralPostgres(question: Question): Rewrite {
  const { parameters, sets, columns } = question
  const arrays = parameters.map(({ name, column }, i) => ({
    name: `p${i}`,
    from: `:alimflow_p${i}::text[]`,
    use: `alimflow_s.p${i}${castOf(column)}`,
    parameter: name,
  }))
  const uses = new Map(arrays.map(({ parameter, use }) => [parameter, use]))
  const query = inner(question, (name) => `(${uses.get(name) ?? 'null'})`)
  const names = columns.map((_, i) => answerName(i))
  const list = names.map((name) => quoteName(name, 'postgres')).join(', ')
  const sql = `select alimflow_s.n, q.total, ${names.map((name) => `q.${quoteName(name, 'postgres')}`).join(', ')}
from unnest(${[...arrays.map(({ from }) => from), ':alimflow_n::int[]'].join(', ')}) as alimflow_s(${[...arrays.map(({ name }) => name), 'n'].join(', ')})
cross join lateral (
  select row_number() over () as c, count(*) over () as total, i.* from (select * from (
${query}
) as i0(${list}) limit 2) as i) as q
where q.c = 1`
  const values: Record<string, Value> = { alimflow_n: arrayLiteral(sets.map((_, i) => i)) }
  for (const [i, { parameter }] of arrays.entries())
    values[`alimflow_p${i}`] = arrayLiteral(sets.map((set) => set[parameter] ?? null))
  return { sql, parameters: values }
}

/** An array as PostgreSQL reads it from text. */
export function arrayLiteral(values: readonly Value[]): string {
  const items = values.map((value) => {
    if (value === null) return 'NULL'
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return `"${text.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${items.join(',')}}`
}
