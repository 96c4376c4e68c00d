import { expect, test } from 'vitest'
import type { AudienceCheck } from '#schemas/audience.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import { chain } from '#editor/model/fixture.ts'
import { casesOf, channelOf } from './cases.ts'

const message = (row: number, changes: Partial<PreviewMessage> = {}): PreviewMessage => ({
  nodeId: 'send',
  channel: 'sms',
  row,
  name: null,
  address: null,
  parts: { body: '' },
  variables: {},
  length: { unit: 'bytes', used: row, limit: 90, kind: 'SMS' },
  missing: [],
  error: null,
  fallback: false,
  ...changes,
})
const none = { longest: null, missing: null, costliest: null, tooLong: null, notCarried: null }
const counted = (nodeId: string, cases: Partial<AudienceCheck['channels'][number]['cases']>) => ({
  nodeId,
  channel: 'sms',
  fallback: false,
  messages: 1,
  kinds: {},
  refused: [],
  repeated: 0,
  cases: { ...none, ...cases },
})

test('until everybody was counted the sample has the messages worth a look; then the audience has', () => {
  const sample = [message(3), message(8, { missing: ['수'] }), message(5, { error: { code: 'text-not-encodable', message: '' } })]
  expect(casesOf(null, sample).map(({ kind, message: { row } }) => [kind, row])).toEqual([
    ['longest', 8],
    ['missing', 8],
    ['notCarried', 5],
  ])
  const channel = counted('send', { costliest: message(900), longest: message(901) })
  expect(casesOf(channel, sample).map(({ kind, message: { row } }) => [kind, row])).toEqual([
    ['longest', 901],
    ['costliest', 900],
  ])
  expect(casesOf(null, [])).toEqual([])
})

test('a text belongs to the first channel after it', () => {
  const check = { channels: [counted('other', {}), counted('send', {})] }
  expect(channelOf(check, chain(), 'fill')?.nodeId).toBe('send')
  expect(channelOf(check, chain(), 'send')?.nodeId).toBe('send')
  expect(channelOf(null, chain(), 'send')).toBeNull()
})
