import { expect, test } from 'vitest'
import { chain, types } from './fixture.ts'
import { findKorean } from '#schemas/korean-search.ts'
import { rankTypes } from './ranking.ts'

const names = (query: string, open: Parameters<typeof rankTypes>[0]['open']) =>
  rankTypes({ document: chain(), types, open, query, language: 'ko' }).map(
    ({ type, fits }) => `${type.type}${fits ? '' : ' (no)'}`,
  )

test('after the people who were not reached, the other channel comes first and a trigger does not fit', () => {
  const list = names('', { nodeId: 'send', port: 'undelivered', side: 'out' })
  expect(list[0]).toBe('send-sms')
  expect(list.indexOf('manual-trigger (no)')).toBeGreaterThan(list.indexOf('send-alimtalk'))
})

test('after a source, rows are worked on; after a trigger comes a source', () => {
  expect(names('', { nodeId: 'audience', port: 'rows', side: 'out' })[0]).toBe('mapping')
  expect(names('', { nodeId: 'start', port: 'start', side: 'out' }).filter((name) => !name.endsWith('(no)'))).toEqual([
    'sql-source',
  ])
})

test('what may lead into an input', () => {
  expect(names('', { nodeId: 'text', port: 'rows', side: 'in' })[0]).toBe('mapping')
})

test('an empty workflow needs a start first', () => {
  const empty = { ...chain(), nodes: [], edges: [] }
  expect(rankTypes({ document: empty, types, open: null, query: '', language: 'ko' })[0]?.type.type).toBe('manual-trigger')
})

test('the search finds by first consonants, while composing, in the other language, and says where', () => {
  expect(names('ㅁㅈ', null)).toEqual(['send-sms'])
  expect(names('문ㅈ', null)).toEqual(['send-sms'])
  expect(names('무', null)[0]).toBe('send-sms')
  expect(names('FILTER', null)).toEqual(['filter'])
  expect(names('없는것', null)).toEqual([])
  expect(findKorean('조건으로 고르기', '고르')).toEqual([5, 7])
  expect(findKorean('조건으로 고르기', '로고')).toEqual([3, 6])
})
