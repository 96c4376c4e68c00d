import type { Column } from '#schemas/column.ts'
import type { Batch, NodeContext, Row, SqlConnection, Statement, Value } from '#runtime/sdk/index.ts'
import { rowMaker } from './row-maker.ts'

/** Rows of one statement, one snapshot, streamed; of a preview only as many as it wants. */
export async function* readStatement(
  connection: SqlConnection,
  statement: Statement,
  context: Pick<NodeContext, 'maxRows' | 'signal' | 'report'>,
): AsyncGenerator<Batch> {
  const { maxRows, signal } = context
  const started = performance.now()
  if (maxRows !== undefined) {
    const result = await connection.query(statement, { signal, maxRows })
    context.report({ statements: 1, databaseMs: result.databaseMs })
    yield toRows(result.columns, result.rows)
    return
  }
  const stream = await connection.stream(statement, { signal, batchSize: 1000 })
  for await (const batch of stream) yield toRows(stream.columns, batch)
  context.report({ statements: 1, databaseMs: performance.now() - started })
}

function toRows(columns: readonly Column[], rows: readonly (readonly Value[])[]): Row[] {
  const make = rowMaker(columns)
  return rows.map((values) => make(values))
}
