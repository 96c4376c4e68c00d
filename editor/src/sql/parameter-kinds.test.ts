import { expect, test } from 'vitest'
import { asKind, kindFor, kindOf, withText } from './parameter-kinds.ts'

test('what is set says its kind', () => {
  expect([undefined, 'x', { type: 'integer', value: '3' }, { type: 'date', relative: { from: 'now' } }].map(kindOf)).toEqual([
    'text',
    'text',
    'integer',
    'moving',
  ])
})

test('another kind keeps what was typed', () => {
  expect(asKind('7', 'integer', undefined)).toEqual({ type: 'integer', value: '7' })
  expect(asKind({ type: 'integer', value: '7' }, 'text', undefined)).toBe('7')
  expect(asKind('yes', 'boolean', undefined)).toEqual({ type: 'boolean', value: 'true' })
  expect(asKind('', 'moving', 'instant')).toEqual({ type: 'instant', relative: { from: 'day', plus: -7, unit: 'day' } })
  expect(asKind({ type: 'date', relative: { from: 'now' } }, 'date', 'date')).toEqual({ type: 'date', value: '' })
})

test('the kind that fits the column; what is typed has the type of its kind', () => {
  expect([kindFor('integer'), kindFor('instant'), kindFor('json'), kindFor(undefined)]).toEqual([
    'integer',
    'instant',
    'text',
    'text',
  ])
  expect([withText('text', 'a'), withText('date', '2026-11-27')]).toEqual(['a', { type: 'date', value: '2026-11-27' }])
})
