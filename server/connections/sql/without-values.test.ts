import { expect, test } from 'vitest'
import type { Dialect } from '#runtime/sdk/index.ts'
import { withoutValues } from './without-values.ts'

test.each<[Dialect, string, string]>([
  [
    'postgres',
    `select "이름 1", t1.c2 from t1 where phone = '010-1234-5678' and n > -12.5e3`,
    `select "이름 1", t1.c2 from t1 where phone = ? and n > -?`,
  ],
  [
    'postgres',
    `select $$010$$, E'a\\'b', x::text from t where id in (1, 2, 3) and a = :a`,
    'select ?, E?, x::text from t where id in (?, …) and a = :a',
  ],
  [
    'mariadb',
    "select `열 1` from t where a = \"010-1\" -- 김민수 010\n and b = 'it\\'s'",
    'select `열 1` from t where a = ?  \n and b = ?',
  ],
  ['mysql', 'select /* 010-1234 */ 1.5, 0x1F', 'select   ?, …'],
])('%s: %s', (dialect, sql, kept) => {
  expect(withoutValues(sql, dialect)).toBe(kept)
})
