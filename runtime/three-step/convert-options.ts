import type { Dialect } from '#runtime/sdk/index.ts'

/** What the JSON does not say: where its queries are asked, and who sends. */
export interface ConvertOptions {
  /** Ids of connections; empty: a person has to choose. */
  readonly connection: string
  readonly provider: string
  readonly dialect: Dialect
  /** Columns of a query as the database gives them; undefined: its text has to say. */
  readonly columnsOf?: (sql: string) => readonly string[] | undefined
}
