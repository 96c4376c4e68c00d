import { expect, test } from 'vitest'
import type { Dialect } from '#runtime/sdk/index.ts'
import { namesAColumn, namesIn } from './names-in.ts'

const names = (sql: string, dialect: Dialect) => namesIn(sql, dialect).map(({ parts }) => parts.join('.'))

test('names with their parts; strings, comments and parameters are none', () => {
  expect(names(`select c.Phone, "고 객"."이""름" -- none\nfrom customers c where x = 'none' and y = :none::Text`, 'postgres')).toEqual([
    'select', 'c.phone', '고 객.이"름', 'from', 'customers', 'c', 'where', 'x', 'and', 'y', 'text',
  ]) // prettier-ignore
  expect(names('select `a``b`.`c`, Phone /* none */ from t # none\nwhere "none" = :none', 'mariadb')).toEqual([
    'select', 'a`b.c', 'Phone', 'from', 't', 'where',
  ]) // prettier-ignore
})

test.each<[string, boolean]>([
  ['select id, ¦phone from customers', true],
  ['select ¦phone', true],
  ['select distinct ¦c.phone, id from customers c', true],
  ['select * from (select ¦phone from customers) x', true],
  ['select id /* , */, ¦phone /* x */ , name from customers', true],
  ['select id, ¦phone as tel from customers', false],
  ['select id, ¦phone tel from customers', false],
  ['select coalesce(¦phone, 1) from customers', false],
  ['select coalesce(id, ¦phone) from customers', false],
  ['select id + ¦phone from customers', false],
  ['select id from customers where ¦phone = 1', false],
  ['select id from customers order by id, ¦phone', false],
  ['select id from customers where a in (select ¦phone from x)', true],
])('%s: a column of the list: %s', (marked, whole) => {
  const at = marked.indexOf('¦')
  const sql = marked.replace('¦', '')
  for (const dialect of ['postgres', 'mariadb'] as const) {
    const name = namesIn(sql, dialect).find((one) => one.at === at)
    expect(name && namesAColumn(sql, name, dialect)).toBe(whole)
  }
})
