import { expect, test } from 'vitest'
import type { Catalog } from '#schemas/catalog.ts'
import { boundColumn, fillHoles, holesOf, parametersOf } from './parameters.ts'

const compared = (sql: string) => holesOf(sql, 'postgres').map(({ name, comparedWith }) => [name, comparedWith])

test('the holes of a statement, with the column that each is compared with', () => {
  expect(compared('select * from c where c.company_id = :company_id and plan in (:plan) and age >= :least')).toEqual([
    ['company_id', 'c.company_id'],
    ['plan', 'plan'],
    ['least', 'age'],
  ])
  expect(compared("select * from c where name like :word and note = ':no' -- :none")).toEqual([['word', 'name']])
  expect(compared('select :a, :b::int from c limit :n')).toEqual([
    ['a', null],
    ['b', null],
    ['n', null],
  ])
})

test('a question mark that stands for a value has no name yet; an operator is none', () => {
  expect(compared('select * from c where id = ? and plan in (?, ?)')).toEqual([
    [null, 'id'],
    [null, 'plan'],
    [null, null],
  ])
  expect(compared("select * from c where tags ? 'vip'")).toEqual([])
})

test('each parameter once, in the order of first use', () => {
  expect(parametersOf('select :b from c where a = :a and b = :b', 'postgres')).toEqual(['b', 'a'])
})

test('a new name goes into the holes and nowhere else', () => {
  const sql = "select ':id' from c where id = :id or parent = :id -- :id"
  expect(fillHoles(sql, holesOf(sql, 'postgres'), 'customer_id')).toBe(
    "select ':id' from c where id = :customer_id or parent = :customer_id -- :id",
  )
  expect(fillHoles('where a = ?', holesOf('where a = ?', 'mysql'), 'a')).toBe('where a = :a')
})

test('the column in the catalog: by the alias, else in the tables of the statement', () => {
  const table = (name: string, ...columns: string[]) => ({
    name,
    columns: columns.map((one) => ({ name: one, sourceType: `${name}.${one}` })),
  })
  const catalog = { tables: [table('companies', 'id', 'plan'), table('customers', 'id', 'company_id')] } as unknown as Catalog
  const found = (sql: string) =>
    holesOf(sql, 'postgres').map((hole) => boundColumn(sql, hole, { dialect: 'postgres', catalog })?.column.sourceType ?? null)
  expect(
    found('select * from customers c join companies co on true where co.id = :a and c.id = :b and plan = :c and x = :d'),
  ).toEqual(['companies.id', 'customers.id', 'companies.plan', null])
})
