import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorTable, errorText } from './errors.ts'
import { problemTable, problemText, type ProblemCode } from './problems.ts'
import { tablesPage } from './tables-page.ts'

const rows: [string, { en: string; ko: string }][] = [...Object.entries(problemTable), ...Object.entries(errorTable)]

const holes = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()

test.each(rows)('%s: both texts, with the same fields, in a form that people read', (code, { en, ko }) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(en.trim()).not.toBe('')
  // A text that is nothing but a field is filled with both languages by whoever finds it.
  if (!/^\{\w+\}$/.test(ko)) expect(ko).toMatch(/[가-힣]/)
  expect(holes(ko)).toEqual(holes(en))
})

test('no code stands twice: the second text would hide the first', async () => {
  const files = globSync(join(import.meta.dirname, 'errors/*.ts'))
  const parts = await Promise.all(files.map((file): Promise<object> => import(file)))
  const codes = parts.flatMap((part) => Object.values(part)).flatMap((table: object) => Object.keys(table))
  expect(codes.toSorted()).toEqual(Object.keys(errorTable).toSorted())
})

test('a code that is a problem and an error names the same fields', () => {
  const both = Object.keys(problemTable).filter((code) => Object.hasOwn(errorTable, code))
  // `hasOwn` said that it is a code of the problem table.
  for (const code of both) expect(holes(problemText(code as ProblemCode).message.en)).toEqual(holes(errorText(code).en))
  expect(both).toContain('text-too-long')
})

test('statuses are those of errors', () => {
  for (const [code, { status }] of Object.entries(errorTable))
    expect([400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503], code).toContain(status)
})

test('docs/problems.md says what the tables say', async () => {
  await expect(tablesPage()).toMatchFileSnapshot('../docs/problems.md')
})
