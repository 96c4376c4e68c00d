import { expect, test } from 'vitest'
import { readText } from '#editor/frame/search-text.ts'
import { ApiError, readErrorContent } from './api-error.ts'
import { fileName, withQuery } from './client.ts'

test('a query leaves out what is not set and escapes the rest', () => {
  expect(withQuery('/api/runs')).toBe('/api/runs')
  expect(withQuery('/api/runs', { state: undefined, cursor: null, address: '' })).toBe('/api/runs')
  expect(withQuery('/api/outbox', { address: '010+1&2', limit: 50, all: false })).toBe(
    '/api/outbox?address=010%2B1%262&limit=50&all=false',
  )
})

test('the error form is read with what it says, and filled where fields are missing', () => {
  const content = readErrorContent({ error: { code: 'stale-revision', message: '낡았어요', current: { revision: 3 } } })
  if (content === null) throw new Error('not read')
  const error = new ApiError(409, content)
  expect({ ...error, message: error.message }).toMatchObject({
    status: 409,
    code: 'stale-revision',
    message: '낡았어요',
    fields: [],
    hint: null,
    current: { revision: 3 },
    problems: [],
  })
})

test('what another server answered is no error form', () => {
  for (const body of [null, 'Bad Gateway', {}, { error: 'no' }, { error: { code: 5, message: 'x' } }, { error: null }, []])
    expect(readErrorContent(body)).toBeNull()
})

test('an address gives its known texts only', () => {
  expect(
    readText({ state: 'failed', node: 3, address: '', message: ['x'], evil: 'y' }, ['state', 'node', 'address', 'message']),
  ).toEqual({
    state: 'failed',
    node: '3',
  })
})

test('a file has the name that the server gives it, also in Hangul', () => {
  const named = (name: string) => fileName(`attachment; filename="messages.csv"; filename*=UTF-8''${name}`)
  expect(named(encodeURIComponent('주간 리뷰 #1.csv'))).toBe('주간 리뷰 #1.csv')
  expect([named('%E0%A4%A'), fileName('attachment'), fileName(null)]).toEqual([null, null, null])
})
