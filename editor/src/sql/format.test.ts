import { expect, test } from 'vitest'
import { formatSql } from './format.ts'

test('one line becomes several that say the same', async () => {
  expect(
    await formatSql('select id, name from customers where company_id = :company_id and plan = :요금제 order by id', 'postgres'),
  ).toBe(
    `select
  id,
  name
from
  customers
where
  company_id = :company_id
  and plan = :요금제
order by
  id`,
  )
})

test.each([
  ['casts and JSON', "select a::text, b ->> 'x' from t where c @> '{}'::jsonb", 'postgres'],
  ['quoted names', 'select `이름`, "text" from `t t` where a = :a', 'mariadb'],
  ['comments', 'select 1 -- one\nfrom t /* two */ where a = 1', 'postgres'],
  ['extract', 'select extract(day from w.monday) from w', 'postgres'],
  ['dollar quotes', "select $x$ it's $x$ from t", 'postgres'],
] as const)('%s stay as they are', async (_name, sql, dialect) => {
  const laidOut = await formatSql(sql, dialect)
  expect(laidOut).not.toBeNull()
  expect(await formatSql(laidOut ?? '', dialect)).toBe(laidOut)
})

test('what does not read as a statement is left alone', async () => {
  expect(await formatSql("select 'open", 'postgres')).toBeNull()
})
