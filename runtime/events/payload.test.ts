import { expect, test } from 'vitest'
import type { ValueType } from '#schemas/column.ts'
import type { Json } from '#runtime/sdk/index.ts'
import { payloadReader } from './payload.ts'

const column = (name: string, type: ValueType, more: { required?: boolean; path?: string } = {}) => ({
  name,
  type,
  required: more.required ?? true,
  path: more.path ?? name,
})

test('declared values become the row; others stay behind', () => {
  const read = payloadReader([
    column('phone', 'text', { path: 'customer.phone' }),
    column('points', 'integer', { required: false }),
  ])
  expect(read({ customer: { phone: '010-1234-5678', secret: 1 }, other: true })).toEqual({
    row: { phone: '010-1234-5678', points: null },
  })
})

test('each fault is told at its place', () => {
  const read = payloadReader([
    column('phone', 'text', { path: 'customer.phone' }),
    column('points', 'integer'),
    column('at', 'instant'),
  ])
  const result = read({ customer: {}, points: 'many', at: 7 })
  expect('faults' in result && result.faults.map(({ path, code }) => [path, code])).toEqual([
    ['customer/phone', 'required'],
    ['points', 'format'],
    ['at', 'type'],
  ])
})

test('names that every object has are not values', () => {
  expect(payloadReader([column('x', 'text', { path: 'constructor.name' })])({})).toMatchObject({ faults: [{ code: 'required' }] })
})

test.each<[ValueType, Json, Json | undefined]>([
  ['text', '', ''],
  ['text', 12, '12'],
  ['text', { a: 1 }, undefined],
  ['integer', '42', 42],
  ['integer', 1.5, undefined],
  ['integer', '9007199254740993', undefined],
  ['decimal', '1.50', 1.5],
  ['boolean', false, false],
  ['boolean', 'yes', undefined],
  ['date', '2026-02-28', '2026-02-28'],
  ['date', '2026-02-31', undefined],
  ['datetime', '2026-02-28 09:30', '2026-02-28 09:30'],
  ['datetime', '2026-02-28T25:00:00', undefined],
  ['instant', '2026-01-31T09:30:00+09:00', '2026-01-31T00:30:00.000Z'],
  ['instant', '2026-01-31T09:30:00', undefined],
  ['instant', '2026-02-31T09:30:00Z', undefined],
  ['time', '24:00', undefined],
  ['bytes', 'aGk=', 'aGk='],
  ['json', [1, { a: null }], [1, { a: null }]],
])('%s reads %j', (type, given, wanted) => {
  const result = payloadReader([column('x', type)])({ x: given })
  expect('row' in result ? result.row.x : undefined).toEqual(wanted)
})
