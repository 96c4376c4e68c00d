import { expect, test } from 'vitest'
import type { Connection, ConnectionKind } from '#schemas/connection.ts'
import { draftOf, inputOf, messagesOf, missingFields, newDraft, withValue } from './draft.ts'

const kind: ConnectionKind = {
  kind: 'solapi',
  role: 'provider',
  channels: ['sms'],
  title: { en: 'SOLAPI', ko: 'SOLAPI' },
  settingsSchema: {
    type: 'object',
    required: ['from'],
    properties: {
      from: { type: 'string', 'x-text': { title: { en: 'Sender', ko: '발신번호' } } },
      baseUrl: { type: 'string', default: 'https://api.solapi.com' },
    },
  },
  secretsSchema: { type: 'object', required: ['apiKey'], properties: { apiKey: { type: 'string' } } },
  limits: {},
  builtIn: false,
}
const saved = { name: 'Mine', settings: { from: '0212345678', baseUrl: 'http://127.0.0.1' } } as Partial<Connection> as Connection

test('a new draft shows the defaults; a saved one its own values', () => {
  expect(newDraft(kind)).toEqual({ name: '', settings: { baseUrl: 'https://api.solapi.com' }, secrets: {} })
  expect(draftOf(saved, kind).settings).toEqual({ from: '0212345678', baseUrl: 'http://127.0.0.1' })
})

test('secrets go along only where they were typed', () => {
  const draft = draftOf(saved, kind)
  expect(inputOf(draft, 'solapi')).not.toHaveProperty('secrets')
  expect(inputOf({ ...draft, name: ' ', secrets: withValue({}, 'apiKey', 'k') }, 'solapi', 'SOLAPI')).toEqual({
    name: 'SOLAPI',
    kind: 'solapi',
    settings: draft.settings,
    secrets: { apiKey: 'k' },
  })
  expect(withValue({ apiKey: 'k' }, 'apiKey', undefined)).toEqual({})
})

test('required fields that are empty are named; a saved secret is not missing', () => {
  const look = (secretsSet: string[]) => missingFields(newDraft(kind), kind, { language: 'ko', secretsSet })
  expect(look([])).toEqual({ 'settings/from': '발신번호', 'secrets/apiKey': 'apiKey' })
  expect(look(['apiKey'])).toEqual({ 'settings/from': '발신번호' })
})

test("the server's errors find their fields", () => {
  const fields = [
    { path: 'settings/from', message: 'digits only' },
    { path: 'secrets/apiKey', message: 'wrong' },
  ]
  expect(Object.keys(messagesOf(fields, 'settings'))).toEqual(['from'])
  expect(messagesOf(fields, 'secrets')['apiKey']?.[0]?.message).toBe('wrong')
})
