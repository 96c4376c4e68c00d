import { expect, test } from 'vitest'
import { AppError } from '#runtime/sdk/index.ts'
import { guardMysql } from './guard-mysql.ts'

function refused(sql: string): AppError | null {
  try {
    guardMysql(sql)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

test.each(['delete from people', 'CALL foo()', '/* x */ update people set a = 1', 'replace into people values (1)'])(
  '%s would change something',
  (sql) => expect(refused(sql)?.code).toBe('sql-not-a-query'),
)

test('a slip of the pen is no change: it is shown at its place', () => {
  const error = refused('-- 고객\n  selec name from people')
  expect(error).toMatchObject({ code: 'sql-error', position: { line: 2, column: 3 } })
  expect(error?.message).toContain('SELEC')
})

test.each(['select 1', '(select 1)', 'with a as (select 1) select * from a', 'values (1)'])('%s is a query', (sql) =>
  expect(refused(sql)).toBeNull(),
)
