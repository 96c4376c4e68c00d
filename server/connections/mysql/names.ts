import type { NamesNow } from '../sql/like-lost.ts'

const COLUMNS = `select distinct column_name from information_schema.columns where table_schema = database() and table_name in (?) limit 2000`
const TABLES = `select table_name from information_schema.tables where table_schema = database() limit 5000`

type Ask = (sql: string, values?: readonly unknown[]) => Promise<unknown[][]>

const firstOf = (rows: unknown[][]): string[] => rows.map(([name]) => String(name))

/** Names of tables and columns as they are now; the server shows those that the account may read. */
export function mysqlNames(ask: Ask): NamesNow {
  return {
    columnsOf: async (names) => (names.length === 0 ? [] : firstOf(await ask(COLUMNS, [names]))),
    tables: async () => firstOf(await ask(TABLES)),
  }
}
