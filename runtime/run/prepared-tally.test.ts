import { expect, test } from 'vitest'
import type { PreparedRow } from './prepare.ts'
import { PreparedTally } from './prepared-tally.ts'

const text = (body: string, kind = 'SMS'): PreparedRow => ({
  ready: true,
  to: '01012345678',
  composed: { kind, parts: { body }, length: { unit: 'bytes', used: body.length, limit: 90, kind }, variables: {} },
})
const cannot: PreparedRow = { ready: false, state: 'failed', code: 'value-null:이름' }

test('counts kinds, what it costs, who cannot get it and why, and the longest text', () => {
  const tally = new PreparedTally()
  const channel = tally.channel('sms', { SMS: 18, LMS: 45 })
  channel.add([1, 2], { rows: [text('안녕'), cannot], items: null })
  channel.add([3], { rows: [text('더 긴 글이에요', 'LMS')], items: null })
  expect(tally.facts()).toEqual({
    missing: 1,
    cost: 63,
    ready: 2,
    channels: [
      {
        nodeId: 'sms',
        kinds: { SMS: 1, LMS: 1 },
        cannot: { 'value-null:이름': 1 },
        ads: 0,
        longest: { used: 8, limit: 90, unit: 'bytes', kind: 'LMS' },
      },
    ],
  })
})

test('a person with two channels is one person; a price that is not known makes the cost unknown', () => {
  const tally = new PreparedTally()
  tally.channel('one', { SMS: 10 }).add([1, 2], { rows: [text('가'), cannot], items: null })
  tally.channel('two', undefined).add([1, 2], { rows: [text('나'), text('다')], items: null })
  expect(tally.facts()).toMatchObject({ ready: 2, cost: null, missing: 1 })
})

test('an advertisement is known by how it begins, and only by that', () => {
  const tally = new PreparedTally()
  const rows = ['(광고)[달빛서점] 할인', '（광고） 할인', '[광고] 할인', '지난 (광고) 이야기', '광고 아닌 안내'].map((body) =>
    text(body),
  )
  tally.channel('sms', {}).add([1, 2, 3, 4, 5], { rows, items: null })
  expect(tally.facts().channels[0]?.ads).toBe(3)
})
