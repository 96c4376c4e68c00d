import type { ClientBase, FieldDef } from 'pg'
import type { ColumnOrigin } from '#runtime/sdk/index.ts'

const QUESTION = `
select a.attrelid::text, a.attnum::text, n.nspname, c.relname, a.attname
from unnest($1::oid[], $2::int2[]) as of(relid, attnum)
  join pg_attribute a on a.attrelid = of.relid and a.attnum = of.attnum
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace`

/** Which column of which table each column of a result is, as its row description says; null: it is computed. */
export async function originsOf(client: ClientBase, fields: readonly FieldDef[]): Promise<(ColumnOrigin | null)[]> {
  const known = fields.filter(({ tableID, columnID }) => tableID !== 0 && columnID !== 0)
  if (known.length === 0) return fields.map(() => null)
  const { rows } = await client.query<string[]>({
    text: QUESTION,
    values: [known.map(({ tableID }) => tableID), known.map(({ columnID }) => columnID)],
    rowMode: 'array',
  })
  const found = new Map(
    rows.map(([relid, attnum, schema = '', table = '', column = '']) => [`${relid}/${attnum}`, { schema, table, column }]),
  )
  return fields.map(({ tableID, columnID }) => found.get(`${tableID}/${columnID}`) ?? null)
}
