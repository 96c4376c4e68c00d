import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { readBaseUrl, readPublicUrl, storeBaseUrl } from './base-url.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('links lead to what is set, else to where the server listens; never to "every address"', async () => {
  const stored = async (at: Parameters<typeof storeBaseUrl>[1]) => {
    await storeBaseUrl(database.pool, at)
    return readBaseUrl(database.pool)
  }
  expect(await readBaseUrl(database.pool)).toBe('http://127.0.0.1:3000')
  expect(await stored({ publicUrl: 'https://alim.example.com/', host: '0.0.0.0', port: 80 })).toBe('https://alim.example.com')
  expect(await stored({ publicUrl: null, host: '0.0.0.0', port: 8080 })).toBe('http://127.0.0.1:8080')
  expect(await stored({ publicUrl: null, host: '::1', port: 8080 })).toBe('http://[::1]:8080')
})

test('what is no address is refused by its name', () => {
  expect(readPublicUrl(' ')).toBeNull()
  expect(readPublicUrl('https://a.example/alim')).toBe('https://a.example/alim')
  for (const wrong of ['alim.example.com', 'ftp://x', 'https://x?y'])
    expect(() => readPublicUrl(wrong, 'ALIMFLOW_ADMIN_URL')).toThrow(/ALIMFLOW_ADMIN_URL/)
})
