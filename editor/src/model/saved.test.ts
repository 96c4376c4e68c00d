import { expect, test } from 'vitest'
import { bodyOf, canTake, columnsOf, fitOf, isWorthKeeping, mappedBy, statementOf, taken } from './saved.ts'

const node = (type: string, config: Record<string, unknown>) => ({
  id: 'x',
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})
const sql = { connection: 'shop', sql: 'select id from people', parameters: { a: '1' } }

test('a query is kept with its columns and taken whole: nothing of the old one stays', () => {
  const body = bodyOf(node('sql-source', sql), [
    { name: 'id', type: 'integer' },
    { name: '?id', type: 'boolean', hidden: true },
  ])
  const saved = { kind: 'target-query' as const, body }
  expect(columnsOf(saved)).toEqual(['id'])
  expect(statementOf(saved)).toBe('select id from people')
  expect(taken(saved, { connection: 'other', sql: '', limit: 3 })).toEqual({ ...sql, limit: null })
  expect([canTake(saved, 'sql-source'), canTake(saved, 'table-source'), canTake(saved, 'variable-query')]).toEqual([
    true,
    false,
    false,
  ])
})

test('a mapping is added to what is there; of its columns those are counted that are here', () => {
  const body = bodyOf(
    node('mapping', { variables: { 이름: { column: 'name' }, 수: { column: 'total', format: { kind: 'number' } } } }),
    [],
  )
  const saved = { kind: 'mapping-template' as const, body }
  expect(mappedBy(saved)).toEqual([
    { variable: '이름', column: 'name' },
    { variable: '수', column: 'total' },
  ])
  expect(fitOf(saved, [{ name: 'total' }])).toEqual({ fits: 1, of: 2 })
  expect(taken(saved, { variables: { 회사: { column: 'company' }, 이름: { column: 'old' } } })).toEqual({
    variables: { 회사: { column: 'company' }, 이름: { column: 'name' }, 수: { column: 'total', format: { kind: 'number' } } },
  })
  const one = { kind: 'variable-mapping' as const, body: { variable: '수', entry: { column: 'n' } } }
  expect(taken(one, {})).toEqual({ variables: { 수: { column: 'n' } } })
  expect(canTake(one, 'mapping')).toBe(true)
})

test('what says nothing is not kept', () => {
  expect(isWorthKeeping(node('mapping', { variables: {} }))).toBe(false)
  expect(isWorthKeeping(node('variable-query', { connection: 'x', sql: ' ' }))).toBe(false)
  expect(isWorthKeeping(node('sql-source', sql))).toBe(true)
})
