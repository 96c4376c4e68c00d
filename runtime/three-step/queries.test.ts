import { expect, test } from 'vitest'
import { joinQueries } from './queries.ts'
import { columnNames, plainSelect } from './select-list.ts'

const join = (queries: Record<string, string>, taken: readonly string[] = []) =>
  joinQueries(
    Object.entries(queries).map(([variable, sql]) => ({ variable, sql, selected: null })),
    { dialect: 'mysql', taken },
  ).map(({ sql, columns }) => ({ sql: sql.replace(/\s+/g, ' '), columns: columns.map(({ column }) => column) }))

test('queries that read the same rows become one, whatever their spaces, letters and comments', () => {
  expect(
    join({
      total_reviews: 'SELECT COUNT(*) FROM reviews WHERE company_id = ?',
      평점: 'select avg(rating) as score\nfrom reviews /* all */ where company_id = ?;',
    }),
  ).toEqual([
    {
      sql: 'select COUNT(*) as total_reviews, avg(rating) as `평점` FROM reviews WHERE company_id = :company_id',
      columns: ['total_reviews', '평점'],
    },
  ])
})

test('the same column for two variables is asked once', () => {
  const [one, other] = join({ a_1: 'select name from t where x = ?', b_1: 'select name from t where x = ?' })
  expect(one).toEqual({ sql: 'select name as a_1 from t where x = :x', columns: ['a_1', 'a_1'] })
  expect(other).toBeUndefined()
})

test('what is not certain to be the same rows stays apart', () => {
  const apart = [
    ['select count(*) from t where x = ?', 'select name from t where x = ?'],
    ['select a from t where x = ?', 'select b from t where x = ? order by y'],
    ['select a from t where x = ?', 'select b from T where x = ?'],
    ["select a from t where x = 'A'", "select b from t where x = 'a'"],
    ['select a from t where x = ?', 'select distinct b from t where x = ?'],
    ['select a from t where x = ?', 'select b from t where x = ? union select 1'],
    ['select a from t where x = ?', 'with q as (select 1) select b from t where x = ?'],
    ['select a from t where x = ?', 'select b from t where y = ?'],
    ['select count(*) from t where x = ?', 'select sum(y) over () from t where x = ?'],
    ['select if(y > ?, 1, 2) from t where x = ?', 'select if(z, ?, 2) from t where x = ?'],
  ]
  for (const [first = '', second = ''] of apart) expect(join({ first, second }), second).toHaveLength(2)
})

test('of several columns the chosen one is taken; without a choice the query stays as it is', () => {
  const sql = 'select name, plan from t where x = ?'
  const options = { dialect: 'mysql', taken: ['plan_name'] } as const
  expect(joinQueries([{ variable: 'plan_name', sql, selected: 'plan' }], options)).toMatchObject([
    { sql: 'select\n  plan as plan_name_2\nfrom t where x = :x', columns: [{ column: 'plan_name_2' }] },
  ])
  expect(joinQueries([{ variable: 'v', sql, selected: null }], options)).toMatchObject([
    { sql: 'select name, plan from t where x = :x', columns: [{ column: null }] },
  ])
})

test('HAVING and ORDER BY may speak of names that would go', () => {
  const sql = 'select count(*) as n, max(a) as m from t where x = ? having n > 1'
  expect(joinQueries([{ variable: 'v', sql, selected: 'm' }], { dialect: 'mysql', taken: [] })).toMatchObject([
    { sql: sql.replace('?', ':x'), columns: [{ column: 'm' }] },
  ])
})

test('reads the names of the columns where the text says them', () => {
  expect(
    columnNames(
      "select c.id, contacts, concat('a, b', (select max(x) from t)) as `이름`, count(*) total from customers c",
      'mysql',
    ),
  ).toEqual(['id', 'contacts', '이름', 'total'])
  expect(columnNames('select distinct a, b from t', 'mysql')).toEqual(['a', 'b'])
  expect(columnNames('select c.* from customers c', 'mysql')).toBeNull()
  expect(columnNames('select count(*) from t', 'mysql')).toBeNull()
  expect(columnNames('not sql at all', 'mysql')).toBeNull()
  expect(plainSelect('select case when a then b end state from t', 'mysql')?.items).toMatchObject([{ name: 'state' }])
})
