import { expect, test } from 'vitest'
import type { ValueType } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/rows.ts'
import { formatValue, type Format } from './format.ts'

const show = (value: Value, format: Partial<Format>, type: ValueType = 'text') =>
  formatValue(value, { kind: 'text', locale: 'ko', ...format }, { type, timezone: 'Asia/Seoul' })

test.each<[Value, Partial<Format>, ValueType, string | null]>([
  ['9007199254740993', { kind: 'number' }, 'integer', '9,007,199,254,740,993'],
  ['0.10', { kind: 'number' }, 'decimal', '0.10'],
  [0, { kind: 'number', wrap: '{value}건' }, 'integer', '0건'],
  ['4.5667', { kind: 'number', decimals: 1, wrap: '{value}점' }, 'decimal', '4.6점'],
  ['-1234567.5', { kind: 'number', decimals: 0 }, 'decimal', '-1,234,568'],
  [1e21, { kind: 'number' }, 'decimal', '1,000,000,000,000,000,000,000'],
  ['열둘', { kind: 'number' }, 'text', null],
  ['1e3', { kind: 'number' }, 'text', null],
  [29000, { kind: 'currency' }, 'integer', '29,000원'],
  ['12345678901234567890', { kind: 'currency' }, 'integer', '12,345,678,901,234,567,890원'],
  ['12.5', { kind: 'currency', currency: 'USD', locale: 'en' }, 'decimal', '$12.50'],
  ['2026-11-23', { kind: 'date' }, 'date', '2026년 11월 23일'],
  ['2026-11-23', { kind: 'date', pattern: 'M월 d일 (E)' }, 'date', '11월 23일 (월)'],
  ['2026-11-23', { kind: 'date', pattern: 'EEEE, MMM d', locale: 'en' }, 'date', 'Monday, Nov 23'],
  ['2026-11-23 23:30:00', { kind: 'date' }, 'datetime', '2026년 11월 23일 23:30'],
  ['2026-11-23T15:30:00Z', { kind: 'date' }, 'instant', '2026년 11월 24일 00:30'],
  ['2026-11-23T15:30:00Z', { kind: 'date', pattern: "a h'시'" }, 'instant', '오전 12시'],
  ['2026-02-30', { kind: 'date' }, 'date', null],
  ['0000-00-00', { kind: 'date' }, 'date', null],
  ['14:05:00', { kind: 'date' }, 'time', '14:05'],
  ['14:05:00', { kind: 'date', pattern: 'M월' }, 'time', null],
  ['1012345678', { kind: 'phone' }, 'text', '010-1234-5678'],
  ['021234567', { kind: 'phone' }, 'text', '02-123-4567'],
  ['어제', { kind: 'phone' }, 'text', null],
  [true, {}, 'boolean', 'true'],
  [{ a: 1 }, {}, 'json', '{"a":1}'],
  ['{value}', { wrap: '[{value}]' }, 'text', '[{value}]'],
])('%j as %j (%s) is %j', (value, format, type, expected) => {
  expect(show(value, format, type)).toBe(expected)
})
