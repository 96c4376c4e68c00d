import { expect, test } from 'vitest'
import type { Answers } from './ledger.ts'
import { AgainPacker, RESENT } from './pack-again.ts'

const rows = (seqs: number[]) => ({ names: ['name'], seqs, columns: [seqs.map((seq) => `n${seq}`)], messages: null })
const answers = (values: (string | null)[], failed: number[] = []): Answers => ({
  ask: {
    names: ['count'],
    columns: [values],
    failed: failed.map((place) => [place, { code: 'node-failed', fields: { detail: '' } }] as const),
  },
})
const at = { nodeNo: 3, attempt: 2, held: false }

test('rows of many chunks become one, ordered by number, each with its own answer', () => {
  const packer = new AgainPacker()
  packer.add({ ...at, rows: rows([5, 9]), answers: answers(['five', 'nine']) })
  packer.add({ ...at, rows: rows([2, 7]), answers: answers(['two', 'seven']) })
  expect(packer.take({ rest: false })).toEqual([])
  expect(packer.take({ rest: true })).toEqual([
    {
      ...at,
      rows: { names: ['name'], seqs: [2, 5, 7, 9], columns: [['n2', 'n5', 'n7', 'n9']], messages: null },
      answers: { ask: { names: ['count'], columns: [['two', 'five', 'seven', 'nine']], failed: [] } },
      readyInMs: 0,
      kind: RESENT,
    },
  ])
})

test('who had no answer is asked about again; the others keep theirs', () => {
  const packer = new AgainPacker()
  packer.add({ ...at, rows: rows([1, 2, 3]), answers: answers(['one', null, 'three'], [1]) })
  const chunks = packer.take({ rest: true })
  expect(chunks.map((chunk) => [chunk.rows.seqs, chunk.answers])).toEqual([
    [[1, 3], { ask: { names: ['count'], columns: [['one', 'three']], failed: [] } }],
    [[2], null],
  ])
})

test('chunks are never larger than a thousand, and other attempts and shapes stay apart', () => {
  const packer = new AgainPacker()
  const many = Array.from({ length: 1500 }, (_, index) => index + 1)
  packer.add({ ...at, rows: rows(many), answers: null })
  packer.add({ ...at, attempt: 3, rows: rows([9001]), answers: null })
  packer.add({ ...at, rows: { ...rows([9002]), names: ['other'] }, answers: null })
  const chunks = packer.take({ rest: true })
  expect(chunks.map((chunk) => [chunk.attempt, chunk.rows.names[0], chunk.rows.seqs.length])).toEqual([
    [2, 'name', 1000],
    [2, 'name', 500],
    [3, 'name', 1],
    [2, 'other', 1],
  ])
})
