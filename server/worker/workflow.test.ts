import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Bench } from './test/harness.ts'
import { edge, node, openShop, type Shop } from './test/shop.ts'

// Whole workflows with the built-in nodes, their statements on a real shop, over the sandbox.

let shop: Shop
let bench: Bench

beforeAll(async () => {
  shop = await openShop(`
    create table customers (id int primary key, name text, phone text, company_id int, plan text, opted_out boolean not null default false);
    insert into customers select i, '고객 ' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7, 'pro' from generate_series(1, 1200) i;
    insert into customers values (1201, '중복', '01020000001', 1, 'pro', false), (1202, '거부', '01030000002', 1, 'pro', true),
      (1203, '무료', '01030000003', 1, 'free', false), (1204, null, '01030000004', 1, 'pro', false), (1205, '번호 없음', '1234', 1, 'pro', false);
    create table reviews (company_id int, rating numeric(2, 1));
    insert into reviews select i % 6, 1 + i % 5 from generate_series(1, 300) i;`)
  bench = shop.bench
})
afterEach(() => bench.rest())
afterAll(() => shop.close())

const text = '#{이름}님, #{회사} 리뷰 #{리뷰 수}, 평균 #{평균}'
function weekly(sql = 'select id, name, phone, company_id, plan, opted_out from customers order by id') {
  return {
    schemaVersion: 1,
    name: '주간 리뷰',
    nodes: [
      node('start', 'manual-trigger', {}),
      node('people', 'sql-source', { connection: 'shop', sql }),
      node('out', 'leave-out', { address: 'phone', kind: 'phone', optOutColumn: 'opted_out', duplicates: true, unusable: true }),
      node('pro', 'filter', { conditions: { join: 'all', items: [{ column: 'plan', is: 'equals', value: 'pro' }] } }),
      node('ask', 'variable-query', {
        connection: 'shop',
        sql: 'select count(*) as total, avg(rating) as average from reviews where company_id = :company_id',
      }),
      node('fill', 'mapping', {
        variables: {
          이름: { column: 'name' },
          회사: { column: 'company_id' },
          '리뷰 수': { column: 'total', format: { kind: 'number' } },
          평균: { column: 'average', format: { kind: 'number', decimals: 1 }, whenNull: 'default', default: '집계 전' },
        },
      }),
      node('text', 'template', { text, kakao: { templateCode: 'T1', channelId: 'C1' } }),
      node('talk', 'send-alimtalk', { connection: 'sandbox', address: 'phone', expiresAfter: 1440 }),
      node('sms', 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 1440, template: { text } }),
    ],
    edges: [
      edge('start', 'start', 'people', 'start'),
      edge('people', 'rows', 'out', 'rows'),
      edge('out', 'rows', 'pro', 'rows'),
      edge('pro', 'matched', 'ask', 'rows'),
      edge('ask', 'rows', 'fill', 'rows'),
      edge('fill', 'rows', 'text', 'rows'),
      edge('text', 'messages', 'talk', 'messages'),
      edge('talk', 'undelivered', 'sms', 'messages'),
    ],
  }
}

test('the weekly report: left out, filtered, asked, filled, sent, refused, sent as text, reported; the law holds', async () => {
  const { said } = shop.openSandbox({ refuseShare: 0.1, failShare: 0.05, undeliveredShare: 0.1, reportLateMs: 300 })
  await bench.engine()
  const runId = await bench.startPinned('weekly', await shop.pin(weekly()))
  const run = await bench.until(runId, ['completed'], 30_000)
  expect(run.law).toMatchObject({ holds: true, broken: [] })
  // 1,205 people: one is free and chosen out, three are left out, one has no name.
  expect(run).toMatchObject({ total: 1204, chosen_out: 0 })
  expect(run.outcomes).toMatchObject({ skipped: 3 })
  const { skipped = 0, failed = 0, delivered = 0, sent = 0 } = run.outcomes
  expect(skipped + failed + delivered + sent).toBe(1204)
  expect(failed).toBeGreaterThanOrEqual(1)
  const bySms = [...said.keys()].filter((key) => key.startsWith('sms '))
  expect(bySms.length).toBeGreaterThan(100)
  expect(said.get('alimtalk 01020000002') ?? said.get('sms 01020000002')).toBe('고객 2님, 2 리뷰 50, 평균 3.0')
  expect(said.get('alimtalk 01020000006') ?? said.get('sms 01020000006')).toBe('고객 6님, 6 리뷰 0, 평균 집계 전')
  const reasons = Object.groupBy(
    (await bench.messages(runId)).filter(({ state }) => state === 'skipped'),
    ({ error_code }) => error_code ?? '',
  )
  expect(Object.keys(reasons).toSorted()).toEqual(['bad-address', 'duplicate', 'opted-out'])
  const { rows } = await bench.database.pool.query<{ statements: string }>(
    'select sum(statements) as statements from run_read where run_no = $1 and node_no > 2',
    [run.run_no],
  )
  expect(Number(rows[0]?.statements)).toBeLessThanOrEqual(4)
})

test('columns that changed since it was pinned fail the run and name the column', async () => {
  shop.openSandbox({})
  await bench.engine()
  await shop.database.pool.query('create view shown as select id, name, phone, company_id, plan, opted_out from customers')
  const pinned = await shop.pin(weekly('select * from shown'))
  await shop.database.pool.query(
    'drop view shown; create view shown as select id, name, phone, company_id, plan, opted_out::text as opted_out from customers',
  )
  const run = await bench.until(await bench.startPinned('changed', pinned), ['failed'])
  expect(run.reason).toMatchObject({ code: 'source-changed', fields: { detail: 'people: opted_out boolean → text' } })
})

test('a column that was renamed since is named together with the one that looks like it, and nothing is sent', async () => {
  const { said } = shop.openSandbox({})
  await bench.engine()
  const columns = 'id, name, company_id, plan, opted_out'
  await shop.database.pool.query(`create view renamed as select ${columns}, phone from customers`)
  const all = await shop.pin(weekly('select * from renamed'))
  const some = await shop.pin(weekly(`select ${columns}, phone from renamed`))
  await shop.database.pool.query(
    `drop view renamed; create view renamed as select ${columns}, phone as mobile_phone from customers`,
  )
  const first = await bench.until(await bench.startPinned('renamed 1', all), ['failed'])
  expect(first.reason).toMatchObject({
    code: 'source-renamed',
    fields: { column: 'phone', similar: 'mobile_phone', step: 'people' },
  })
  const second = await bench.until(await bench.startPinned('renamed 2', some), ['failed'])
  expect(second.reason).toMatchObject({ code: 'sql-column-like', fields: { column: 'phone', similar: 'mobile_phone' } })
  expect(said.size).toBe(0)
})

test('people are picked from a table without SQL; a column that was renamed since is named, and nothing is sent', async () => {
  const { said } = shop.openSandbox({})
  await bench.engine()
  await shop.database.pool.query('create table picked as select * from customers where id <= 60')
  const query = {
    table: 'picked',
    columns: ['name', 'phone', 'company_id', 'plan', 'opted_out'].map((column) => ({ column, as: column })),
    conditions: {
      join: 'all',
      items: [
        { column: 'plan', is: 'equals', value: 'pro' },
        {
          match: 'at-least',
          count: 2,
          along: [{ columns: ['company_id'], to: { table: 'reviews', columns: ['company_id'] } }],
          where: { join: 'all', items: [{ column: 'rating', is: 'below', value: '2' }] },
        },
      ],
    },
  }
  const document = weekly()
  const people = document.nodes.map((one) =>
    one.id === 'people' ? node('people', 'table-source', { connection: 'shop', query }) : one,
  )
  const pinned = await shop.pin({ ...document, nodes: people })
  const done = await bench.until(await bench.startPinned('picked', pinned), ['completed'], 30_000)
  const { rows } = await shop.database.pool.query<{ n: number }>(
    `select count(*)::int as n from picked p where (select count(*) from reviews r where r.company_id = p.company_id and rating < 2) >= 2`,
  )
  expect(done.total).toBe(rows[0]?.n)
  expect(done.total).toBeGreaterThan(10)
  said.clear()
  await shop.database.pool.query('alter table picked rename column phone to phone_number')
  const failed = await bench.until(await bench.startPinned('picked 2', pinned), ['failed'])
  expect(failed.reason).toMatchObject({ code: 'sql-column-like', fields: { column: 'phone', similar: 'phone_number' } })
  expect(said.size).toBe(0)
})

test('a source whose connection breaks in mid-stream fails the run with nothing sent', async () => {
  const { said } = shop.openSandbox({})
  await bench.engine()
  await shop.database.pool.query(
    `create view slow as select c.* from customers c, lateral (select count(*) from generate_series(1, case when id > 1000 then 300000 else 0 end)) s`,
  )
  const runId = await bench.startPinned(
    'broken',
    await shop.pin(weekly('select id, name, phone, company_id, plan, opted_out from slow')),
  )
  await bench.until(runId, ['preparing'])
  await new Promise((resolve) => setTimeout(resolve, 300))
  await shop.database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '%from slow%' and pid <> pg_backend_pid()`,
  )
  const run = await bench.until(runId, ['failed', 'completed'])
  expect(run).toMatchObject({ state: 'failed', reason: { code: 'source-broken' } })
  expect([said.size, await bench.messages(runId)]).toEqual([0, []])
})
