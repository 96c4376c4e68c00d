import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { CallFailed } from './provider.ts'
import { retryAfterOf } from './retry-after.ts'

const NOW = Date.parse('2026-11-26T00:00:00Z')

test.each<[string | undefined, number | undefined]>([
  ['7', 7_000],
  [' 120 ', 120_000],
  ['0.3333', 1_000],
  ['1.0005', 1_001],
  ['0', 1_000],
  ['-5', 1_000],
  ['99999999999', 3_600_000],
  ['Infinity', 3_600_000],
  ['Thu, 26 Nov 2026 00:00:30 GMT', 30_000],
  ['Thu, 26 Nov 2015 00:00:30 GMT', 1_000],
  ['Thu, 26 Nov 2099 00:00:30 GMT', 3_600_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j is a wait of %j ms', (header, ms) => {
  expect(retryAfterOf(header, NOW)).toBe(ms)
})

test.each<[number | undefined, number | undefined]>([
  [undefined, undefined],
  [Number.NaN, undefined],
  [12_345.6, 12_346],
  [0, 1_000],
  [2 ** 40, 3_600_000],
])('a provider that asks for %j ms is waited for %j ms', (asked, ms) => {
  const error = new AppError('provider-unreachable', { provider: 'X', detail: '' })
  expect(new CallFailed('temporary', error, asked).retryAfterMs).toBe(ms)
})
