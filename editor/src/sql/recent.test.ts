import { expect, test } from 'vitest'
import { recentStatements, rememberStatement } from './recent.ts'

function memory(): Pick<Storage, 'getItem' | 'setItem'> & { text: Map<string, string> } {
  const text = new Map<string, string>()
  return { text, getItem: (key) => text.get(key) ?? null, setItem: (key, value) => void text.set(key, value) }
}

test('the last twenty of a connection, the latest first, none twice', () => {
  const store = memory()
  for (let i = 0; i < 25; i++) rememberStatement(store, 'shop', `select ${i}`)
  rememberStatement(store, 'shop', 'select\n  20 ')
  rememberStatement(store, 'other', 'select 1')
  const kept = recentStatements(store, 'shop')
  expect(kept).toHaveLength(20)
  expect(kept.slice(0, 3)).toEqual(['select\n  20', 'select 24', 'select 23'])
  expect(recentStatements(store, 'other')).toEqual(['select 1'])
})

test('nothing empty or endless is kept; what cannot be read is nothing', () => {
  const store = memory()
  rememberStatement(store, 'shop', '  ')
  rememberStatement(store, 'shop', 'x'.repeat(20_001))
  expect(recentStatements(store, 'shop')).toEqual([])
  store.setItem('alimflow.sql.shop', '{')
  expect(recentStatements(store, 'shop')).toEqual([])
})
