import { expect, test } from 'vitest'
import {
  AppError,
  type Composed,
  type KnownConnection,
  type Message,
  type NodeContext,
  type NodeType,
  type Row,
} from '#runtime/sdk/index.ts'
import type { Column } from '#schemas/column.ts'
import sendAlimtalk from '../send-alimtalk.ts'
import sendSms from '../send-sms.ts'
import template from '../template.ts'

const filled: Column[] = [
  { name: 'phone', type: 'text' },
  { name: '이름', type: 'text', variable: true },
]
const context = { inputs: { rows: filled, messages: filled }, template: null } as unknown as NodeContext // what these nodes read of it
const provider = (channels: string[]): KnownConnection => ({
  id: 's',
  name: 'S',
  kind: 's',
  role: 'provider',
  channels,
  dialect: null,
})
const known = (channels = ['sms', 'alimtalk']) => ({
  described: null,
  describeFailed: false,
  timezone: 'Asia/Seoul',
  connection: () => provider(channels),
  list: () => null,
})
const config = { connection: 's', address: 'phone', expiresAfter: 60 }
const message = (body: string, more: Partial<Message> = {}): Message => ({
  row: { phone: '010' },
  template: null,
  variables: {},
  parts: { body },
  ...more,
})

function compose(type: NodeType, item: Message | Row, own: Record<string, unknown> = config): Composed {
  const composed = type.channel?.open(own, context).compose(item)
  if (!composed || composed instanceof AppError) throw composed ?? new Error('no channel')
  return composed
}
const codes = (type: NodeType, own: Record<string, unknown>, columns = filled, channels?: string[]) =>
  (type.columns(own, { messages: columns, rows: columns }, known(channels)).problems ?? []).map(
    ({ code, field }) => `${code} ${field ?? ''}`,
  )

test('90 bytes are an SMS without title, 91 an LMS with it', () => {
  const title = '제목'
  expect(compose(sendSms, message('가'.repeat(45), { parts: { title, body: '가'.repeat(45) } }))).toMatchObject({
    kind: 'SMS',
    parts: { body: '가'.repeat(45) },
    length: { used: 90, limit: 90 },
  })
  expect(compose(sendSms, message('', { parts: { title, body: `${'가'.repeat(45)}a` } }))).toMatchObject({
    kind: 'LMS',
    parts: { title },
    length: { used: 91, limit: 2000 },
  })
})

test('what cannot be sent is refused with what is wrong', () => {
  expect(() => compose(sendSms, message('안녕 😀 뷁'))).toThrow(/😀 뷁/)
  expect(() => compose(sendSms, message('가'.repeat(1001)))).toThrow(/2,002/)
  expect(() => compose(sendSms, message('', { parts: { title: '가'.repeat(21), body: '가'.repeat(60) } }))).toThrow(/42/)
  expect(() => compose(sendSms, message(' \n'))).toThrow(AppError)
  expect(() => compose(sendAlimtalk, message('가'.repeat(1001)))).toThrow(/1,001/)
})

test('Hangul that was taken apart is put together for a text message, and left alone for Alimtalk', () => {
  const apart = '한강'.normalize('NFD')
  expect(compose(sendSms, message(apart)).parts.body).toBe('한강')
  expect(compose(sendAlimtalk, message(apart)).parts.body).toBe(apart)
})

test('text messages have no buttons; Alimtalk keeps buttons, variables and template code', () => {
  const parts = { body: '안녕', buttons: [{ type: 'WL' as const, name: '보기', linkMobile: 'https://a.example' }] }
  const kakao = { templateCode: 'T', channelId: 'C' }
  expect(compose(sendSms, message('', { parts })).parts).toEqual({ body: '안녕' })
  expect(compose(sendAlimtalk, message('', { parts, kakao, variables: { 이름: '김' } }))).toMatchObject({
    kind: 'ATA',
    parts,
    kakao,
    variables: { 이름: '김' },
  })
})

test('its own text is made from the row, also of a message that comes from another channel', () => {
  const own = { ...config, template: { text: '{{이름}}님 #{이름}' } }
  const row = { phone: '010', 이름: '$& #{이름}' }
  expect(compose(sendSms, row, own).parts.body).toBe('$& #{이름}님 $& #{이름}')
  expect(compose(sendSms, message('Alimtalk text', { row }), own).parts.body).toBe('$& #{이름}님 $& #{이름}')
})

test('problems of a channel stand at their field', () => {
  expect(codes(sendSms, config)).toEqual([])
  expect(codes(sendSms, { ...config, address: 'mobile' })).toEqual(['unknown-column address'])
  expect(codes(sendSms, config, filled, ['alimtalk'])).toEqual(['connection-missing connection'])
  expect(codes(sendSms, { ...config, template: { text: '안녕 😀 #{성}' } })).toEqual([
    'variable-not-mapped template/text',
    'text-not-encodable template/text',
  ])
  expect(codes(sendSms, { ...config, template: { text: '가'.repeat(1001) } })).toEqual(['text-too-long template/text'])
})

test('problems of a text: empty, broken, not filled', () => {
  expect(codes(template, { text: ' ' })).toEqual(['template-empty text'])
  expect(codes(template, { text: '#{이름' })).toEqual(['template-broken text'])
  expect(codes(template, { text: '#{이름} #{성} {{ 성 }}' })).toEqual(['variable-not-mapped text'])
  expect(codes(template, { text: '#{phone}' })).toEqual(['variable-not-mapped text'])
  expect(codes(template, { text: '한강'.normalize('NFD') })).toEqual(['template-decomposed text'])
})
