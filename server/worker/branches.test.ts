import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Bench } from './test/harness.ts'
import { edge, node, openShop, type Shop } from './test/shop.ts'

// Ways that part and meet again, and several lists in one run: everybody once, and the law holds.

const PEOPLE = 2_500
let shop: Shop
let bench: Bench

beforeAll(async () => {
  shop = await openShop(`
    create table members (id int primary key, name text, phone text, plan text, company_id int);
    insert into members select i, '회원 ' || i, '010' || lpad((20000000 + i)::text, 8, '0'), case when i % 5 = 0 then 'vip' else 'basic' end, i % 7
      from generate_series(1, ${PEOPLE}) i;
    create table guests (phone text, name text, booth text);
    insert into guests select '+82 10-' || lpad((2000 + i / 10000)::text, 4, '0') || '-' || lpad((i % 10000)::text, 4, '0'), '손님 ' || i, 'A' from generate_series(2401, 2900) i;
    create table reviews (company_id int);
    insert into reviews select i % 6 from generate_series(1, 300) i;`)
  bench = shop.bench
})
afterEach(() => bench.rest())
afterAll(() => shop.close())

const vip = { id: 'vip', name: 'VIP', conditions: { join: 'all', items: [{ column: 'plan', is: 'equals', value: 'vip' }] } }
const members = node('members', 'sql-source', {
  connection: 'shop',
  sql: 'select id, name, phone, plan, company_id from members order by id',
})
const ask = node('ask', 'variable-query', {
  connection: 'shop',
  sql: 'select count(*) as total from reviews where company_id = :company_id',
})
const fill = node('fill', 'mapping', { variables: { 이름: { column: 'name' } } })
const send = (id: string) => node(id, 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 60 })

function workflow(nodes: object[], edges: object[]) {
  return {
    schemaVersion: 1,
    name: '갈래',
    nodes: [node('start', 'manual-trigger', {}), members, fill, ...nodes],
    edges: [edge('start', 'start', 'members', 'start'), ...edges],
  }
}

async function run(document: object) {
  const { said } = shop.openSandbox({ refuseShare: 0, failShare: 0, undeliveredShare: 0, reportLateMs: 0 })
  await bench.engine()
  const pinned = await shop.pin(document)
  const runId = await bench.startPinned('branches', pinned)
  const ended = await bench.until(runId, ['completed', 'failed', 'paused'], 60_000)
  expect(ended).toMatchObject({ state: 'completed', law: { holds: true, broken: [] } })
  const byWord = Map.groupBy(said.values(), (text) => text.split(' ')[0] ?? '')
  const texts = Object.fromEntries([...byWord].map(([word, all]) => [word, all.length]))
  return { ended, said, texts, runId }
}

test('two cases, two texts, two channels: everyone gets the one of their own', async () => {
  const { ended, texts } = await run(
    workflow(
      [
        node('branch', 'branch', { cases: [vip] }),
        node('textA', 'template', { text: 'VIP #{이름}' }),
        node('textB', 'template', { text: '안녕 #{이름}' }),
        send('sendA'),
        send('sendB'),
      ],
      [
        edge('members', 'rows', 'fill', 'rows'),
        edge('fill', 'rows', 'branch', 'rows'),
        edge('branch', 'vip', 'textA', 'rows'),
        edge('branch', 'rest', 'textB', 'rows'),
        edge('textA', 'messages', 'sendA', 'messages'),
        edge('textB', 'messages', 'sendB', 'messages'),
      ],
    ),
  )
  expect(ended).toMatchObject({ total: PEOPLE, chosen_out: 0 })
  expect(texts).toEqual({ VIP: 500, 안녕: 2_000 })
})

test('a test of two texts behind queries, each side asked by itself, meets in one channel', async () => {
  const { ended, texts, said } = await run(
    workflow(
      [
        node('split', 'split', {
          by: 'percent',
          parts: [
            { id: 'a', name: 'A', share: 90 },
            { id: 'b', name: 'B', share: 10 },
          ],
        }),
        ask,
        node('fillA', 'mapping', { variables: { 리뷰: { column: 'total' } } }),
        node('textA', 'template', { text: '리뷰 #{리뷰} #{이름}' }),
        node('textB', 'template', { text: '안녕 #{이름}' }),
        node('merge', 'merge', { mode: 'union' }),
        send('send'),
      ],
      [
        edge('members', 'rows', 'fill', 'rows'),
        edge('fill', 'rows', 'split', 'rows'),
        edge('split', 'a', 'ask', 'rows'),
        edge('ask', 'rows', 'fillA', 'rows'),
        edge('fillA', 'rows', 'textA', 'rows'),
        edge('split', 'b', 'textB', 'rows'),
        edge('textA', 'messages', 'merge', 'rows'),
        edge('textB', 'messages', 'merge', 'rows'),
        edge('merge', 'rows', 'send', 'messages'),
      ],
    ),
  )
  expect(ended).toMatchObject({ total: PEOPLE, chosen_out: 0 })
  expect(texts).toEqual({ 리뷰: 2_250, 안녕: 250 })
  expect(said.get('sms 01020000001')).toBe('리뷰 50 회원 1')
})

test('who meets the conditions of two lines behind a query is taken once, over the first; who meets none is not chosen', async () => {
  const some = (id: string, value: string) =>
    node(id, 'filter', { conditions: { join: 'all', items: [{ column: 'id', is: 'at-most', value }] } })
  const { ended, texts } = await run(
    workflow(
      [
        ask,
        some('few', '100'),
        some('more', '1500'),
        node('textA', 'template', { text: '먼저 #{이름}' }),
        node('textB', 'template', { text: '다음 #{이름}' }),
        node('merge', 'merge', { mode: 'union' }),
        send('send'),
      ],
      [
        edge('members', 'rows', 'fill', 'rows'),
        edge('fill', 'rows', 'ask', 'rows'),
        edge('ask', 'rows', 'few', 'rows'),
        edge('ask', 'rows', 'more', 'rows'),
        edge('few', 'matched', 'textA', 'rows'),
        edge('more', 'matched', 'textB', 'rows'),
        edge('textA', 'messages', 'merge', 'rows'),
        edge('textB', 'messages', 'merge', 'rows'),
        edge('merge', 'rows', 'send', 'messages'),
      ],
    ),
  )
  expect(ended).toMatchObject({ total: PEOPLE, chosen_out: 1_000, outcomes: { delivered: 1_500 } })
  expect(texts).toEqual({ 먼저: 100, 다음: 1_400 })
})

test('two lists in one run: who is on both counts on the first, and is listed as a duplicate of the second', async () => {
  const { ended, texts, runId } = await run({
    ...workflow(
      [
        node('guests', 'sql-source', { connection: 'shop', sql: 'select phone, name, booth from guests' }),
        node('merge', 'merge', { mode: 'append', sameBy: 'phone', key: 'phone' }),
        node('text', 'template', { text: '#{이름}' }),
        send('send'),
      ],
      [
        edge('start', 'start', 'guests', 'start'),
        edge('members', 'rows', 'merge', 'rows'),
        edge('guests', 'rows', 'merge', 'rows'),
        edge('merge', 'rows', 'fill', 'rows'),
        edge('fill', 'rows', 'text', 'rows'),
        edge('text', 'messages', 'send', 'messages'),
      ],
    ),
  })
  // Guests 2401–2500 are members too, their numbers written in another way.
  expect(ended).toMatchObject({ total: PEOPLE + 500, outcomes: { delivered: PEOPLE + 400, skipped: 100 } })
  expect(texts).toEqual({ 회원: PEOPLE, 손님: 400 })
  const skipped = (await bench.messages(runId)).filter(({ state }) => state === 'skipped')
  expect(new Set(skipped.map(({ error_code }) => error_code))).toEqual(new Set(['duplicate']))
})
