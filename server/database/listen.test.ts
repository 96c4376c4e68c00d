import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietLog } from '#server/test/quiet-log.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { listen } from './listen.ts'

let database: TestDatabase
beforeAll(async () => (database = await testDatabase({ empty: true })))
afterAll(() => database.close())

test('a listener whose connection is cut off hears again, and says that it may have missed something', async () => {
  const heard: string[] = []
  let missed = 0
  const listener = await listen({
    databaseUrl: database.url,
    name: 'test ear',
    channels: ['one', 'two'],
    log: quietLog(),
    heard: (payload, channel) => heard.push(`${channel} ${payload}`),
    missed: () => missed++,
  })
  expect(missed).toBe(1)
  await database.pool.query(`select pg_notify('one', 'a'), pg_notify('two', 'b')`)
  await expect.poll(() => heard).toEqual(['one a', 'two b'])
  for (let round = 2; round <= 3; round++) {
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test ear'`)
    await expect.poll(() => missed, { timeout: 10_000 }).toBe(round)
  }
  await database.pool.query(`select pg_notify('two', 'c')`)
  await expect.poll(() => heard.at(-1)).toBe('two c')
  await listener.stop()
  await sleep(300)
  const { rows } = await database.pool.query(`select 1 from pg_stat_activity where application_name = 'test ear'`)
  expect(rows).toEqual([])
})

test('a database that is not there keeps nobody waiting, and stop ends the tries', async () => {
  const log = quietLog()
  const listener = await listen({
    databaseUrl: database.url.replace('/test_', '/gone_'),
    name: 'x',
    channels: ['one'],
    log,
    heard: () => undefined,
  })
  await expect.poll(() => log.messages.length, { timeout: 5000 }).toBeGreaterThan(1)
  await listener.stop()
  const count = log.messages.length
  await sleep(1000)
  expect(log.messages.length).toBe(count)
})
