import { expect, test } from 'vitest'
import { prepare } from './pieces.ts'

test('names become placeholders, each name one in PostgreSQL, one per place in MySQL', () => {
  const sql = 'select :a, :b, :a from t'
  expect(prepare(sql, 'postgres')).toEqual({ text: 'select $1, $2, $1 from t', order: ['a', 'b'], names: ['a', 'b'] })
  expect(prepare(sql, 'mysql')).toEqual({ text: 'select ? , ? , ?  from t', order: ['a', 'b', 'a'], names: ['a', 'b'] })
})

test('the text keeps its length', () => {
  const sql = 'select 1 from t where x = :회사_번호 and 틀림'
  for (const dialect of ['postgres', 'mariadb'] as const) expect(prepare(sql, dialect).text.length).toBe(sql.length)
})

test.each([
  ["select ':a'", 'postgres'],
  ["select 'it''s :a'", 'postgres'],
  ["select E'\\':a'", 'postgres'],
  ['select ":a" from t', 'postgres'],
  ['select 1 -- :a\n', 'postgres'],
  ['select 1 /* :a /* :b */ :c */', 'postgres'],
  ['select $$ :a $$, $x$ :b $x$', 'postgres'],
  ['select x::int, y[1:2], z := 3', 'postgres'],
  ["select '\\':a'", 'mysql'],
  ['select `:a`, ":b"', 'mysql'],
  ['select 1 # :a\n', 'mysql'],
  ['select 1 -- :a', 'mysql'],
] as const)('no parameter in %s (%s)', (sql, dialect) => {
  expect(prepare(sql, dialect).names).toEqual([])
})

test('an arithmetic minus minus is no comment in MySQL', () => {
  expect(prepare('select 5--:a', 'mysql').names).toEqual(['a'])
})
