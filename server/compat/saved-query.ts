import { textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import { isFields } from '#runtime/three-step/read-fields.ts'
import { checkQuestion, dialectOf, questionOf } from './ask-rows.ts'
import { databaseOf } from './database-of.ts'
import type { SavedForm } from './saved.ts'
import type { SeedCall } from './seed-route.ts'

/** A query that is kept: its text, and the columns that it gave when it was kept. */
export function savedQuery(kind: 'target-query' | 'variable-query', type: 'sql-source' | 'variable-query'): SavedForm {
  return {
    kind,
    shown: (body) => {
      const config = isFields(body['config']) ? body['config'] : {}
      return { query_sql: textOf(config, 'sql') ?? '', expected_columns: { columns: expected(body['columns']) } }
    },
    async kept(call: SeedCall) {
      const { id, dialect } = await databaseOf(call)
      const { sql } = questionOf(call.body, dialectOf(dialect))
      const { columns } = await checkQuestion(call)
      return { type, config: { connection: id, sql }, columns }
    },
  }
}

const expected = (columns: unknown): object[] =>
  (Array.isArray(columns) ? columns : []).filter(isFields).map((column: Fields) => ({
    name: textOf(column, 'name'),
    type: ['integer', 'decimal'].includes(textOf(column, 'type') ?? '') ? 'number' : 'string',
    description: textOf(column, 'label') ?? '',
  }))
