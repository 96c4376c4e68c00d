import { expect, test } from 'vitest'
import { fillText } from './localized.ts'

test('what counts something is grouped; a port, a line, a version and what is a text already are not', () => {
  expect(fillText('{count} of {limit}, {factor} times', { count: 4896, limit: 1_000_000, factor: 1.25 })).toBe(
    '4,896 of 1,000,000, 1.25 times',
  )
  expect(
    fillText('{host}:{port}, line {line}, v{version}, {count}', {
      host: 'a',
      port: 5432,
      line: 1024,
      version: 1200,
      count: '12345',
    }),
  ).toBe('a:5432, line 1024, v1200, 12345')
})

test('a field that is missing is seen; braces within a value are not filled again', () => {
  expect(fillText('{name}: {detail}', { name: '{detail}' })).toBe('{detail}: {detail}')
})
