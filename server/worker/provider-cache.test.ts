import { expect, test } from 'vitest'
import type { OpenProvider } from './engine-deps.ts'
import { ProviderCache } from './provider-cache.ts'

test('lanes share what was opened, and a connection that was saved anew is used at once', async () => {
  let revision = 1
  let opened = 0
  let now = 0
  const made = (): OpenProvider => ({
    type: {
      kind: 'x',
      title: { en: '', ko: '' },
      channels: [],
      settings: {},
      secrets: {},
      limits: { batch: 1, timeoutMs: 1 },
      errors: {},
      open: () => ({ validate: () => Promise.reject(new Error('unused')), send: () => Promise.reject(new Error('unused')) }),
    },
    session: { validate: () => Promise.reject(new Error('unused')), send: () => Promise.reject(new Error('unused')) },
    name: 'c',
    settings: { opened: ++opened },
  })
  const cache = new ProviderCache(
    { provider: () => Promise.resolve(made()), revision: () => Promise.resolve(revision) },
    { now: () => new Date(now), sleep: () => Promise.resolve() },
  )
  const [first, second] = await Promise.all([cache.get('w', 'c'), cache.get('w', 'c')])
  expect(second).toBe(first)
  revision = 2
  expect((await cache.get('w', 'c')).settings).toEqual({ opened: 2 })
  now = 10_000
  expect((await cache.get('w', 'c')).settings).toEqual({ opened: 3 })
})
