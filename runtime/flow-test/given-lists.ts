import type { FlowTestCase } from '#schemas/flow-test.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import { columnsOfRows, valuesOf } from './column-type.ts'

/** Stored lists as a test gives them: the rows of each step that reads one. */
export function givenLists({ document, given }: { document: WorkflowDocument; given: FlowTestCase['given'] }): Lists {
  const byList = new Map<string, Readonly<Record<string, unknown>>[]>()
  for (const { id, config } of document.nodes) {
    const answers = given[id]
    if (answers && 'rows' in answers && typeof config['list'] === 'string') byList.set(config['list'], answers.rows)
  }
  return {
    known: (id) => ({ id, name: id, version: 1, rowCount: byList.get(id)?.length ?? 0 }),
    async open(id) {
      const rows = byList.get(id)
      if (!rows) throw new AppError('flow-test-nothing-given', { sql: id })
      const columns = columnsOfRows(rows)
      return {
        version: 1,
        columns,
        async *rows() {
          yield rows.map((row) => valuesOf(row, columns))
        },
      }
    },
  }
}
