import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// docs/data-traps.md says which test holds each promise. A promise whose test is gone is none.

const page = readFileSync('docs/data-traps.md', 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what goes wrong'))

/** `file` "words", "more words" in the last cell. */
function claims(row: string): { file: string; words: string }[] {
  const cell = row.split('|').at(-2) ?? ''
  return [...cell.matchAll(/`([^`]+\.ts)`((?:,? "[^"]+")+)/g)].flatMap(([, file = '', all = '']) =>
    [...all.matchAll(/"([^"]+)"/g)].map(([, words = '']) => ({ file, words })),
  )
}

test('every trap has a test, and every test that is named is there', () => {
  expect(rows.length).toBeGreaterThan(15)
  expect(rows.filter((row) => claims(row).length === 0)).toEqual([])
  const lost = rows.flatMap(claims).filter(({ file, words }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(words))
  expect(lost).toEqual([])
})
