import { expect, test } from 'vitest'
import type { Dialect } from '#runtime/sdk/index.ts'
import { keyedAggregate } from './recognise.ts'

const read = (sql: string, dialect: Dialect = 'postgres') => keyedAggregate(sql, dialect)

test('an aggregate over an equal key is cut into its parts', () => {
  expect(
    read("SELECT count(*) AS n, coalesce(sum(r.rating), 0) FROM reviews r WHERE r.company_id = :id AND r.state = 'ok';"),
  ).toEqual({
    items: [{ ordered: false }, { ordered: false }],
    list: 'count(*) AS n, coalesce(sum(r.rating), 0)',
    from: 'reviews r',
    conditions: ["r.state = 'ok'"],
    keys: [{ column: 'r.company_id', parameter: 'id' }],
  })
})

test.each([
  ['several keys, either way round', 'select max(x) from t where a = :a and :b = "b"', 2],
  ['a join', 'select count(*) from t join u using (id) where t.a = :a', 1],
  ['a comment that speaks of more', 'select count(*) from t /* limit 1 */ where a = :a -- or b = 1', 1],
  ['strings that speak of more', "select count(*) from t where b = 'x or y' and a = :a", 1],
  ['a disjunction in brackets', 'select count(*) from t where (b = 1 or c = 2) and a = :a', 1],
  ['a case in a condition', 'select count(*) from t where case when b and c then 1 else 0 end = 1 and a = :a', 1],
  ['a subquery without the parameter', 'select count(*) from t where b in (select id from u limit 5) and a = :a', 1],
  ['a Korean name', 'select count(*) from 주문 where 회사 = :회사', 1],
])('taken: %s', (_name, sql, keys) => {
  expect(read(sql)?.keys).toHaveLength(keys)
})

test.each([
  ['no aggregate', 'select 1 from t where a = :a'],
  ['a column beside an aggregate', 'select b, count(*) from t where a = :a'],
  ['a window', 'select count(*) over () from t where a = :a'],
  ['a filter', 'select count(*) filter (where b) from t where a = :a'],
  ['an unknown function', 'select my_sum(b) from t where a = :a'],
  ['texts in no order', "select string_agg(b, ',') from t where a = :a"],
  ['a parameter in the list', 'select count(*) + :b from t where a = :a'],
  ['a parameter in an aggregate', 'select sum(b * :b) from t where a = :a'],
  ['the parameter twice', 'select count(*) from t where a = :a and b = :a'],
  ['another comparison', 'select count(*) from t where a >= :a'],
  ['a cast', 'select count(*) from t where a = :a::int'],
  ['an expression', 'select count(*) from t where lower(a) = :a'],
  ['a negation', 'select count(*) from t where not a = :a'],
  ['between that ends in the key', 'select count(*) from t where b between 1 and a = :a'],
  ['or', 'select count(*) from t where a = :a or b = 1'],
  ['group by', 'select count(*) from t where a = :a group by b'],
  ['having', 'select count(*) from t where a = :a having count(*) > 1'],
  ['limit', 'select count(*) from t where a = :a limit 1'],
  ['union', 'select count(*) from t where a = :a union select 1'],
  ['with', 'with u as (select 1) select count(*) from u where a = :a'],
  ['the parameter in a join', 'select count(*) from t left join u on u.a = :a where t.b = 1'],
  ['the parameter in a subquery', 'select count(*) from t where b in (select b from u where a = :a)'],
  ['no condition', 'select count(*) from t'],
  ['chance', 'select count(*) from t where a = :a and b > random()'],
  ['brackets that do not match', 'select count(*) from t where t.end = 1 and a = :a or b = 2'],
  ['distinct', 'select distinct count(*) from t where a = :a'],
])('left alone: %s', (_name, sql) => {
  expect(read(sql)).toBeNull()
})

test('MySQL: double quotes may be a string or a name, `&&` and `||` join conditions', () => {
  expect(read('select count(*) from t where `a` = :a', 'mysql')?.keys).toEqual([{ column: '`a`', parameter: 'a' }])
  expect(read('select count(*) from t where b = "x" and a = :a', 'mysql')).toBeNull()
  expect(read('select count(*) from t where a = :a || b', 'mysql')).toBeNull()
  expect(read('select count(*) from t where b && a = :a', 'mysql')).toBeNull()
})
