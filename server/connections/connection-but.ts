import type { SqlConnection } from '#runtime/sdk/index.ts'

/** The same connection, but for what is given. Its dialect may be found out later: it is read each time. */
export function connectionBut(
  connection: SqlConnection,
  own: Partial<Pick<SqlConnection, 'describe' | 'explain' | 'query' | 'stream'>>,
): SqlConnection {
  return {
    get dialect() {
      return connection.dialect
    },
    zones: () => connection.zones(),
    describe: (sql, options) => connection.describe(sql, options),
    ...(connection.explain && { explain: connection.explain.bind(connection) }),
    query: (statement, options) => connection.query(statement, options),
    stream: (statement, options) => connection.stream(statement, options),
    ...own,
  }
}
