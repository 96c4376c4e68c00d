import { expect, test } from 'vitest'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import { columnJson, readColumns, writeColumns } from './columns.ts'

const long = (count: number): ChunkRows => {
  const seqs = Array.from({ length: count }, (_, at) => at * 3 + 1)
  const columns = [seqs.map((seq) => `이름 ${seq}`), seqs.map((seq) => (seq % 2 ? null : seq)), seqs.map((seq) => seq / 7)]
  return { names: ['이름', 'maybe', 'ratio'], seqs, columns, messages: null }
}

test.each([0, 1, 249, 250, 251, 1000])('%i rows come back as they went in', (count) => {
  expect(readColumns(writeColumns(long(count)))).toEqual(long(count))
})

test('texts beside the rows, and rows without columns', () => {
  const parts = { body: '안녕' }
  const messages = long(600).seqs.map((seq) => (seq % 2 ? { template: null, variables: { a: String(seq) }, parts } : null))
  expect(readColumns(writeColumns({ ...long(600), messages }))).toEqual({ ...long(600), messages })
  const bare: ChunkRows = { names: [], seqs: [1, 2], columns: [], messages: null }
  expect(readColumns(writeColumns(bare))).toEqual(bare)
})

test('a chunk larger than the memory that was there before', () => {
  const rows: ChunkRows = { names: ['text'], seqs: [1, 2], columns: [['가'.repeat(300_000), 'x']], messages: null }
  expect(readColumns(writeColumns(rows))).toEqual(rows)
})

test('chunks that an earlier edition wrote as one array are still read', () => {
  const { names, messages, seqs, columns } = long(3)
  expect(readColumns(Buffer.from(JSON.stringify([names, messages, seqs, ...columns])))).toEqual(long(3))
})

test.each([
  [['a', '"', 'b']],
  [['\\']],
  [['line\nbreak', '\u0000', '\u001f']],
  [['\ud800', 'alone']],
  [['😀', '가', '']],
  [['null', null, 'x']],
  [[1, 2.5, -0, 1e21, 1e-7]],
  [[1, null]],
  [[1, 'x', true, { a: [1] }]],
  [[true, false]],
  [[]],
])('%j is written as JSON.stringify writes it', (values) => {
  expect(columnJson(values)).toBe(JSON.stringify(values))
})
