import pg from 'pg'
import Cursor from 'pg-cursor'
import type { Column } from '#schemas/column.ts'
import type { RowStream, SqlConnection, Value } from '#runtime/sdk/index.ts'

const text = { getTypeParser: () => (value: string) => value }
const types = [
  ['id', 'text'],
  ['phone', 'text'],
  ['name', 'text'],
  ['company_name', 'text'],
  ['plan', 'text'],
  ['amount', 'text'],
  ['date', 'text'],
  ['company_id', 'text'],
] as const
const columns: Column[] = types.map(([name, type]) => ({ name, type }))

/** Reads the customers of ../shared/bench/seed.sql as the baseline reads them: a cursor of 1,000 rows, text as text. */
export function openSource(url: string): SqlConnection {
  return {
    dialect: 'postgres',
    describe: async () => ({ columns, parameters: [] }),
    query: () => Promise.reject(new Error('The benchmark asks nothing')),
    async stream(statement): Promise<RowStream> {
      const client = new pg.Client(url)
      await client.connect()
      const cursor = client.query(new Cursor<Value[]>(statement.sql, [], { rowMode: 'array', types: text }))
      return {
        columns,
        async *[Symbol.asyncIterator]() {
          try {
            let next = cursor.read(1000)
            for (;;) {
              const rows = await next
              if (rows.length === 0) return
              next = cursor.read(1000)
              yield rows
            }
          } finally {
            await client.end()
          }
        },
      }
    },
  }
}
