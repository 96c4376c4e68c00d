import { expect, test } from 'vitest'
import { checkFile, lineOfSyntax } from './check-file.ts'

test.each([
  ['{\n  "name": "a",\n  "nodes": [}\n}', 3],
  ['{\n  "name": "a"\n  "nodes": []\n}', 3],
  ['{\n  "name": "a\n b"\n}', 2],
  ['{\n  "a": {"b": [1, -2.5e3, true, null, "\\u00e9"]},\n  "c": 01\n}', 3],
  ['{\n  "a": 1', 2],
  ['{}\n\nx', 3],
])('%j breaks in line %d', (text, line) => {
  expect(lineOfSyntax(text)).toBe(line)
})

test('an empty file, one that is too large, and one that breaks are told apart without asking anybody', async () => {
  expect(await checkFile(new Blob([' \n']))).toMatchObject({ ok: false, faults: [{ kind: 'empty', line: null }] })
  expect(await checkFile(new Blob(['x'.repeat(5_000_001)]))).toMatchObject({ ok: false, faults: [{ kind: 'tooLarge' }] })
  expect(await checkFile(new Blob(['{\n "name": }']))).toEqual({
    ok: false,
    faults: [{ kind: 'syntax', line: 2, excerpt: '"name": }', message: '', path: '' }],
  })
})
