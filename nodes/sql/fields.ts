import Type from 'typebox'
import { field } from '#schemas/form.ts'

export const databaseField = () =>
  Type.String({
    minLength: 1,
    maxLength: 100,
    ...field({ title: { en: 'Database', ko: '데이터베이스' } }, { widget: 'connection', connection: { role: 'database' } }),
  })

/** `binds`: the statement is asked for each row that comes in, with its columns as parameters. */
export const sqlField = (binds?: 'columns') =>
  Type.String({
    maxLength: 100_000,
    ...field(
      {
        title: { en: 'Query', ko: '조회문' },
        help: { en: 'One SELECT; :name stands for a value', ko: 'SELECT 하나만 써요. :이름 자리에는 값이 들어가요' },
      },
      { widget: 'sql', ...(binds && { binds }) },
    ),
  })
