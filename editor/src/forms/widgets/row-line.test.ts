import { expect, test } from 'vitest'
import type { FormSchema } from '../form-schema.ts'
import { rowLine } from './row-line.ts'

const schema: FormSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    type: {
      enum: ['text', 'integer'],
      'x-text': { title: { en: 'Kind', ko: '종류' }, options: { text: { en: 'Text', ko: '글자' } } },
    },
    required: { type: 'boolean', 'x-text': { title: { en: 'Must be there', ko: '꼭 있어야 해요' } } },
    example: { type: 'string' },
  },
}

test('an entry is named by its first text, its choices and what is switched on', () => {
  const value = { name: 'phone', type: 'text', required: true, example: '010' }
  expect(rowLine(schema, value, { language: 'en' })).toBe('phone · Text · Must be there')
  expect(rowLine(schema, { ...value, type: 'integer', required: false }, { language: 'ko' })).toBe('phone · integer')
})

test('a new entry has no line yet', () => {
  expect(rowLine(schema, { name: ' ', type: 'text' }, { language: 'en' })).toBe('')
  expect(rowLine(schema, null, { language: 'en' })).toBe('')
})
