import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '#server/database/connect.ts'
import type { EmbeddedDatabase } from '#server/database/embedded/start.ts'
import { startTemporary } from '#server/database/embedded/temporary.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { lastWeek } from './reviews.ts'
import { ensureSampleShop, type SampleShop } from './shop.ts'

// A Thursday, so that a part of the current week is behind.
const made = new Date('2026-11-26T03:00:00Z')
let embedded: EmbeddedDatabase
let shop: SampleShop
let reader: pg.Pool

beforeAll(async () => {
  embedded = await startTemporary(quietLog())
  shop = await ensureSampleShop(embedded, quietLog(), made)
  reader = createPool({ url: shop.url, log: quietLog(), max: 2 })
})
afterAll(async () => {
  await reader?.end()
  await embedded?.stop()
})

const ask = async (sql: string, values: unknown[] = []) => (await reader.query({ text: sql, values, rowMode: 'array' })).rows

const weekly = `
  select c.id::int, count(r.id)::int, round(avg(r.rating), 1)::float8, count(*) filter (where r.id is not null and r.replied_at is null)::int
  from companies c left join reviews r on r.company_id = c.id and r.created_at >= $1 and r.created_at < $2
  where c.id <= 10 group by c.id order by c.id`
const expected = lastWeek.map(({ count, average, unanswered }, index) => [
  index + 1,
  count,
  count === 0 ? null : average,
  unanswered,
])

test('has the promised rows', async () => {
  const count = async (table: string) => (await ask(`select count(*)::int from ${table}`))[0]?.[0]
  expect(await count('companies')).toBe(500)
  expect(await count('customers')).toBe(5000)
  expect(await count('reviews')).toBe(100_000)
  expect(await count('subscriptions')).toBeGreaterThan(3000)
  expect(await count('payments')).toBeGreaterThan(10_000)
  expect(await count('opt_outs')).toBe(60)
})

test('last week at the first ten shops is as in the pictures', async () => {
  expect(await ask(weekly, ['2026-11-16 00:00+09', '2026-11-23 00:00+09'])).toEqual(expected)
  expect(await ask('select company_name from customers order by id limit 3')).toEqual([['행복분식'], ['초록약국'], ['한강커피']])
})

test('nothing happened in the future, and something in the last seven days', async () => {
  expect(await ask('select count(*)::int from reviews where created_at > $1 or replied_at > $1', [made])).toEqual([[0]])
  expect(
    (await ask(`select count(*)::int from reviews where created_at > $1::timestamptz - interval '7 days'`, [made]))[0]?.[0],
  ).toBeGreaterThan(2000)
})

test('payments lie ahead', async () => {
  const [row] = await ask(
    `select count(*)::int, min(due_on)::text, max(due_on)::text from payments where status = 'due' and due_on >= '2026-11-26'`,
  )
  expect(row?.[0]).toBeGreaterThan(3000)
  expect(
    await ask(`select amount::int, due_on::text, card_last4 from payments where customer_id = 1 and status = 'due'`),
  ).toEqual([[29_000, '2026-11-25', '4021']])
})

test('the reader may read, and nothing else', async () => {
  const client = await reader.connect()
  await client.query('set default_transaction_read_only = off') // a role may always do that: rights must not hang on it
  const refused = (sql: string) => expect(client.query(sql), sql).rejects.toThrow(/permission denied/)
  await refused(`update customers set name = 'x'`)
  await refused('delete from reviews')
  await refused('insert into opt_outs select 99, null, null, now()')
  await refused('create table mine (x int)')
  await refused('create temporary table mine (x int)')
  await refused('create schema mine')
  await refused('select lo_create(0)')
  await refused(`select pg_read_file('/etc/passwd')`)
  await refused(`copy customers to program 'true'`)
  client.release(true)
})

test.each(['alimflow', 'postgres', 'template1'])('the reader cannot connect to the database %s', async (name) => {
  const client = new pg.Client(shop.url.replace('/sample_shop?', `/${name}?`))
  await expect(client.connect()).rejects.toThrow(/permission denied for database/)
})

test('a later start keeps the shop, with a new password', async () => {
  await reader.query('select 1')
  const again = await ensureSampleShop(embedded, quietLog(), made)
  expect(again.url).not.toBe(shop.url)
  await reader.end()
  reader = createPool({ url: again.url, log: quietLog(), max: 2 })
  expect(await ask('select count(*)::int from customers')).toEqual([[5000]])
})

test('three weeks later last week has the same figures, and still nothing lies ahead', async () => {
  const later = new Date('2026-12-14T00:30:00Z') // Monday, half past nine in Seoul
  expect(await shop.refresh(made)).toBe(false)
  expect(await shop.refresh(later)).toBe(true)
  expect(await shop.refresh(later)).toBe(false)
  expect(await ask(weekly, ['2026-12-07 00:00+09', '2026-12-14 00:00+09'])).toEqual(expected)
  expect(await ask('select count(*)::int from reviews where created_at > $1 or replied_at > $1', [later])).toEqual([[0]])
  expect(await ask('select count(*)::int from reviews where replied_at < created_at')).toEqual([[0]])
  expect(await ask('select count(*)::int from reviews')).toEqual([[100_000]])
})

test('a shop that was half made is made again', async () => {
  await reader.end()
  const admin = new pg.Client(embedded.url)
  await admin.connect()
  await admin.query('comment on database sample_shop is null')
  await admin.end()
  const again = await ensureSampleShop(embedded, quietLog(), made)
  reader = createPool({ url: again.url, log: quietLog(), max: 2 })
  expect(await ask('select count(*)::int from customers')).toEqual([[5000]])
})
