import { expect, test } from 'vitest'
import type { Dialect } from '#runtime/sdk/index.ts'
import { namePlaceholders } from './placeholders.ts'

const cases: [what: string, sql: string, becomes: string, dialect?: Dialect][] = [
  [
    'the column that it is compared with',
    'select 1 from reviews where company_id = ?',
    'select 1 from reviews where company_id = :company_id',
  ],
  [
    'a column of an alias',
    'select 1 from reviews r where r.company_id=?',
    'select 1 from reviews r where r.company_id=:company_id',
  ],
  ['a quoted column', 'select 1 from reviews where `company_id` = ?', 'select 1 from reviews where `company_id` = :company_id'],
  [
    'never the bare id: the table says whose',
    'select name from companies where id = ?',
    'select name from companies where id = :company_id',
  ],
  [
    'the id of an alias',
    'select 1 from customers c join plans p on p.id = ?',
    'select 1 from customers c join plans p on p.id = :plan_id',
  ],
  ['the other way round', 'select 1 from reviews where ? = company_id', 'select 1 from reviews where :company_id = company_id'],
  ['two bounds', 'select 1 from r where at >= ? and at < ?', 'select 1 from r where at >= :at_from and at < :at_to'],
  ['between', 'select 1 from r where at between ? and ?', 'select 1 from r where at between :at_from and :at_to'],
  ['a list', 'select 1 from r where company_id in (?, ?)', 'select 1 from r where company_id in (:company_id, :company_id)'],
  ['not in', 'select 1 from r where company_id not in (?)', 'select 1 from r where company_id not in (:company_id)'],
  ['like', 'select 1 from r where title not like ?', 'select 1 from r where title not like :title'],
  [
    'the same column twice',
    'select 1 from a, b where a.company_id = ? and b.company_id = ?',
    'select 1 from a, b where a.company_id = :company_id and b.company_id = :company_id',
  ],
  [
    'no column beside it',
    'select 1 from r where at > now() - interval ? day limit ?',
    'select 1 from r where at > now() - interval :value_1 day limit :value_2',
  ],
  ['a function', 'select 1 from r where lower(name) = lower(?)', 'select 1 from r where lower(name) = lower(:value_1)'],
  ['a word right behind it', 'select 1 from r where id2 = ?and true', 'select 1 from r where id2 = :id2 and true'],
  ['a Korean column', 'select 1 from 리뷰 where 회사번호 = ?', 'select 1 from 리뷰 where 회사번호 = :회사번호'],
  ['strings', "select 'why? really' from r where a = ?", "select 'why? really' from r where a = :a"],
  ['a backslash in a string', "select 'it\\'s ?' from r where a = ?", "select 'it\\'s ?' from r where a = :a"],
  [
    'comments',
    'select 1 -- who?\n/* what? */ from r # why?\nwhere a = ?',
    'select 1 -- who?\n/* what? */ from r # why?\nwhere a = :a',
  ],
  ['quoted names', 'select `a?` from r where `b?` = ?', 'select `a?` from r where `b?` = :b_'],
  ['JSON paths', "select data->>'$.a?' from r where a = ?", "select data->>'$.a?' from r where a = :a"],
  [
    'operators of jsonb',
    "select 1 from r where data ? 'key' and data ?| array['x'] and (data) ?& array['y'] and a = $1",
    "select 1 from r where data ? 'key' and data ?| array['x'] and (data) ?& array['y'] and a = $1",
    'postgres',
  ],
  [
    'an operator beside a placeholder',
    "select 1 from r where data ? 'k' and a = ?",
    "select 1 from r where data ? 'k' and a = :a",
    'postgres',
  ],
  ['dollar quotes', 'select $$?$$ from r where a = ?', 'select $$?$$ from r where a = :a', 'postgres'],
]

test.each(cases)('a ? gets a name: %s', (_what, sql, becomes, dialect = 'mysql') => {
  expect(namePlaceholders(sql, dialect).sql).toBe(becomes)
})

test('says of which column a name was made; a name that says nothing has none', () => {
  expect(namePlaceholders('select 1 from companies where id = ? limit ?', 'mysql').placeholders).toEqual([
    { name: 'company_id', column: 'id' },
    { name: 'value_1', column: null },
  ])
})
