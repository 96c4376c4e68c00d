import { expect, test } from 'vitest'
import { fieldWords } from './field-words.ts'

const text = (en: string, ko: string, options = {}) => ({ 'x-text': { title: { en, ko }, options } })
const schema = {
  type: 'object',
  properties: {
    connection: {
      type: 'string',
      ...text('Send with', '보낼 서비스'),
      'x-form': { connection: { role: 'provider', channel: 'sms' } },
    },
    kind: { enum: ['a', 'b'], ...text('Kind', '종류', { a: { en: 'First', ko: '첫째' } }) },
    map: {
      type: 'object',
      ...text('Variables', '변수'),
      additionalProperties: { type: 'object', properties: { column: { type: 'string', ...text('Column', '열') } } },
    },
  },
}
const place = { language: 'ko', connections: new Map([['c1', '우리 문자']]) } as const

test('a field is called as its form calls it, and its value said as the form says it', () => {
  const { title, value } = fieldWords(schema, ['connection'], place)
  expect([title, value('c1'), value('gone'), value(undefined)]).toEqual(['보낼 서비스', '우리 문자', 'gone', ''])
  const list = { properties: { list: { 'x-form': { widget: 'stored-list' } } } }
  expect(fieldWords(list, ['list'], place).value('c1')).toBe('우리 문자')
  const kind = fieldWords(schema, ['kind'], { ...place, language: 'en' })
  expect([kind.title, kind.value('a'), kind.value('z')]).toEqual(['Kind', 'First', 'z'])
})

test('on the way to a field each label is said; what the form does not know keeps its name', () => {
  expect(fieldWords(schema, ['map', '이름', 'column'], place).title).toBe('변수 › 이름 › 열')
  const strange = fieldWords(undefined, ['x', 'y'], place)
  expect([strange.title, strange.value({ z: 1 })]).toEqual(['x › y', '{\n  "z": 1\n}'])
})
