import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testApp, type TestApp } from '#server/test/app.ts'
import { published, welcome } from './test/event-workflow.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())
beforeEach(() => t.database.pool.query('update workflow set enabled = false; delete from event_trigger'))

interface Taken {
  accepted: number
  items: { messages: string[]; runs: string[] }[]
}
interface Failed {
  error: { code: string; fields: { path: string; code: string }[] }
}
const someone = (name: string) => ({ name, phone: '010-1234-5678' })
const post = <T = Taken>(body: unknown, headers: Record<string, string> = {}) =>
  t.call<T>('POST', '/api/events', { body, headers })
const runsOf = async (workflowId: string) =>
  (
    await t.database.pool.query<{ id: string; run_no: string; total: number; rows_closed_at: string | null }>(
      'select id, run_no, total, rows_closed_at from workflow_run where workflow_id = $1 order by number',
      [workflowId],
    )
  ).rows

test('an event is stored as a row of the open run, and its message can be looked at at once', async () => {
  const id = await published(t, welcome())
  const { status, body } = await post({ event: 'user.signed-up', payload: { ...someone('김서연'), extra: 1 } })
  expect(status).toBe(202)
  expect(body).toMatchObject({ accepted: 1, items: [{ messages: [expect.stringMatching(/^m/)] }] })
  const [run] = await runsOf(id)
  expect(run).toMatchObject({ total: 1, rows_closed_at: null })
  expect(body.items[0]?.runs).toEqual([run?.id])
  const message = await t.call<{ state: string; parts: { body: string } }>('GET', `/api/messages/${body.items[0]?.messages[0]}`)
  expect(message.body).toMatchObject({ state: 'pending', parts: { body: expect.stringContaining('반가워요') } })
  const stored = await t.database.pool.query<{ rows: Buffer }>('select rows from run_chunk where run_no = $1', [run?.run_no])
  expect(stored.rows[0]?.rows.includes('1234')).toBe(false)
})

test('a second event goes into the same run, numbered on', async () => {
  const id = await published(t, welcome())
  const first = await post({ event: 'user.signed-up', payload: someone('a') })
  const second = await post({ workflowId: id, payload: someone('b') })
  expect(second.body.items[0]?.runs).toEqual(first.body.items[0]?.runs)
  expect(second.body.items[0]?.messages).not.toEqual(first.body.items[0]?.messages)
  expect(await runsOf(id)).toMatchObject([{ total: 2 }])
})

test('many events at once make few chunks, and every one has a number of its own', async () => {
  const id = await published(t, welcome())
  const lists = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      post(Array.from({ length: 25 }, (_one, index) => ({ event: 'user.signed-up', payload: someone(`${at}-${index}`) }))),
    ),
  )
  const ids = lists.flatMap(({ body }) => body.items.flatMap(({ messages }) => messages))
  expect(new Set(ids).size).toBe(1000)
  const [run] = await runsOf(id)
  expect(run?.total).toBe(1000)
  const { rows } = await t.database.pool.query<{ n: number; chunks: number }>(
    'select sum(n)::int as n, count(*)::int as chunks from run_chunk where run_no = $1',
    [run?.run_no],
  )
  expect(rows[0]?.n).toBe(1000)
  expect(rows[0]?.chunks).toBeLessThan(40)
})

test('two processes that take events of one workflow at the same time give every number once', async () => {
  const id = await published(t, welcome())
  const { createEvents } = await import('./events.ts')
  const { createKnownRuns } = await import('#server/runs/known-runs.ts')
  const { takeEvents } = await import('./take-events.ts')
  const others = [1, 2].map(() => createEvents({ parts: t.parts, boss: t.boss, known: createKnownRuns(t.parts) }))
  const { rows } = await t.database.pool.query<{ workspace_id: string }>('select workspace_id from workflow where id = $1', [id])
  const taken = await Promise.all(
    others.flatMap((events) =>
      Array.from({ length: 30 }, async (_, index) => {
        // Spread over several gatherings of each.
        await new Promise((resolve) => setTimeout(resolve, index))
        return takeEvents(events, {
          workspaceId: rows[0]?.workspace_id ?? '',
          events: [{ workflowId: id, payload: someone(String(index)) }],
          isList: false,
          key: null,
          language: 'en',
          actor: 'local',
        })
      }),
    ),
  )
  expect(new Set(taken.flatMap(({ items }) => items[0]?.messages)).size).toBe(60)
  expect(await runsOf(id)).toMatchObject([{ total: 60 }])
  await Promise.all(others.map((events) => events.close()))
})

test('what is missing or wrong is told at its place, and nothing of the call is taken', async () => {
  const id = await published(t, welcome())
  const { status, body } = await post<Failed>([
    { event: 'user.signed-up', payload: someone('a') },
    { event: 'user.signed-up', payload: { name: 'b', phone: { no: 1 } } },
    { event: 'user.signed-up', payload: { phone: '010' }, occurredAt: '2026-11-26T00:00:00Z' },
  ])
  expect(status).toBe(422)
  expect(body.error.fields.map(({ path, code }) => [path, code])).toEqual([
    ['1/payload/phone', 'type'],
    ['2/payload/name', 'required'],
  ])
  expect(await runsOf(id)).toEqual([])
})

test('nobody listens: the name is told', async () => {
  expect(await post<Failed>({ event: 'nobody', payload: {} })).toMatchObject({
    status: 404,
    body: { error: { code: 'unknown-event' } },
  })
  const id = await published(t, welcome())
  await t.call('POST', `/api/workflows/${id}/disable`)
  expect(await post<Failed>({ workflowId: id, payload: someone('a') })).toMatchObject({
    status: 409,
    body: { error: { code: 'not-by-event' } },
  })
  expect(await post<Failed>({ payload: {} })).toMatchObject({ status: 422 })
})

test('every workflow that listens gets the event', async () => {
  const ids = await Promise.all([published(t, welcome()), published(t, welcome({ plan: 'pro' }))])
  const { body } = await post({ event: 'user.signed-up', payload: { ...someone('a'), plan: 'pro' } })
  expect(body.items[0]?.runs).toHaveLength(2)
  // Behind the filter nobody knows yet whether there will be a message.
  expect(body.items[0]?.messages).toHaveLength(1)
  for (const id of ids) expect(await runsOf(id)).toMatchObject([{ total: 1 }])
})

test('a key makes a call, or an event, happen once', async () => {
  const id = await published(t, welcome())
  const events = [
    { event: 'user.signed-up', payload: someone('a') },
    { event: 'user.signed-up', payload: someone('b'), key: 'order-1' },
  ]
  const both = await Promise.all([post(events, { 'idempotency-key': 'call-1' }), post(events, { 'idempotency-key': 'call-1' })])
  const again = await post(events, { 'idempotency-key': 'call-1' })
  for (const { body } of both) expect(body).toEqual(again.body)
  const single = await post({ event: 'user.signed-up', payload: someone('b'), key: 'order-1' })
  expect(single.body.items[0]).toEqual(again.body.items[1])
  expect(await runsOf(id)).toMatchObject([{ total: 2 }])
  const other = await post<Failed>({ event: 'user.signed-up', payload: someone('c'), key: 'order-1' })
  expect(other).toMatchObject({ status: 422, body: { error: { code: 'idempotency-key-reused' } } })
  const changed = await post<Failed>([{ event: 'user.signed-up', payload: someone('z') }], { 'idempotency-key': 'call-1' })
  expect(changed).toMatchObject({ status: 422, body: { error: { code: 'idempotency-key-reused' } } })
})

test('a call that is refused for the key of one event takes none of the others in, wherever they go', async () => {
  const [a, b] = [await published(t, welcome({ event: 'whole.a' })), await published(t, welcome({ event: 'whole.b' }))]
  await post({ event: 'whole.a', payload: someone('a'), key: 'whole-1' })
  const refused = await post<Failed>([
    { event: 'whole.a', payload: someone('changed'), key: 'whole-1' },
    { event: 'whole.b', payload: someone('b') },
  ])
  expect(refused).toMatchObject({ status: 422, body: { error: { code: 'idempotency-key-reused' } } })
  expect((await runsOf(b)).map(({ total }) => total)).toEqual([])
  expect(await runsOf(a)).toMatchObject([{ total: 1 }])
  const mended = await post([
    { event: 'whole.a', payload: someone('a'), key: 'whole-1' },
    { event: 'whole.b', payload: someone('b') },
  ])
  expect(mended.status).toBe(202)
  expect(await runsOf(a)).toMatchObject([{ total: 1 }])
  expect(await runsOf(b)).toMatchObject([{ total: 1 }])
})

test('a key counts for a day', async () => {
  const id = await published(t, welcome())
  await post({ event: 'user.signed-up', payload: someone('b'), key: 'daily' })
  await t.database.pool.query(`update taken_key set created_at = now() - interval '25 h' where key = 'item:daily'`)
  await post({ event: 'user.signed-up', payload: someone('other'), key: 'daily' })
  expect(await runsOf(id)).toMatchObject([{ total: 2 }])
})

test('a new version closes the old run to new rows; switching off closes it, too', async () => {
  const id = await published(t, welcome())
  const before = await post({ event: 'user.signed-up', payload: someone('a') })
  await t.call('POST', `/api/workflows/${id}/publish`)
  const after = await post({ event: 'user.signed-up', payload: someone('b') })
  expect(after.body.items[0]?.runs).not.toEqual(before.body.items[0]?.runs)
  expect((await runsOf(id)).map(({ rows_closed_at }) => rows_closed_at === null)).toEqual([false, true])
  await t.call('POST', `/api/workflows/${id}/disable`)
  expect((await runsOf(id)).every(({ rows_closed_at }) => rows_closed_at !== null)).toBe(true)
  // On again in the same month: a run of its own.
  await t.call('POST', `/api/workflows/${id}/enable`)
  await post({ event: 'user.signed-up', payload: someone('c') })
  expect(await runsOf(id)).toMatchObject([{ total: 1 }, { total: 1 }, { total: 1, rows_closed_at: null }])
})

test('it cannot be run by hand: there is no list of people', async () => {
  const id = await published(t, welcome())
  expect(await t.call<Failed>('POST', `/api/workflows/${id}/execute`, { body: {} })).toMatchObject({
    status: 409,
    body: { error: { code: 'starts-by-event' } },
  })
})

test('the preview shows a made-up event', async () => {
  const made = await t.call<{ id: string }>('POST', '/api/workflows', { body: welcome() })
  const preview = await t.call<{ messages: { parts: { body: string } }[] }>('POST', `/api/workflows/${made.body.id}/preview`, {
    body: {},
  })
  expect(preview.body.messages.map(({ parts }) => parts.body)).toEqual(['예시님, 반가워요'])
})
