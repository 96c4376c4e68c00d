import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkLaw } from '#runtime/run/law.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { readLawFacts } from '#server/ledger/law-facts.ts'
import { Bench } from './test/harness.ts'
import { ask, channel, choose, leaveOut, source, text } from './test/nodes.ts'
import { chain, people, person, phone } from './test/people.ts'
import { callFails, fakeVendor, openFake, refused, temporary, type FakeVendor } from './test/provider.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterEach(async () => {
  bench.changed = null
  await bench.rest()
})
afterAll(() => bench.close())

async function work(vendors: Record<string, FakeVendor>, tuning = {}): Promise<void> {
  for (const [name, vendor] of Object.entries(vendors)) bench.providers.set(name, openFake(vendor, { name: `Our ${name}` }))
  await bench.engine(tuning)
}

test('the law: two channels, one refusal, one filter, one duplicate, one opted out, one row that fails', async () => {
  const talk = fakeVendor({ answer: ({ to }) => (to === phone(1) ? refused : undefined) })
  const sms = fakeVendor()
  await work({ alimtalk: talk, sms })
  const rows = [
    ...people(10),
    person(11, { plan: 'free' }),
    person(12, { phone: phone(2) }),
    person(13, { opted_out: true }),
    person(14, { name: null }),
    person(15, { phone: null }),
  ]
  const plan = chain(
    { rows },
    {
      audience: [
        ['people', source({ rows })],
        ['out', leaveOut],
        ['choose', choose],
      ],
      fallback: ['sms', channel('sms')],
    },
  )
  const runId = await bench.start(plan)
  const run = await bench.until(runId, ['completed', 'failed', 'paused'])
  expect(run).toMatchObject({ state: 'completed', total: 14, outcomes: { sent: 10, failed: 2, skipped: 2 } })
  expect(run.law).toMatchObject({ holds: true, broken: [] })
  expect(sms.got.map(({ to, body }) => ({ to, body }))).toEqual([{ to: phone(1), body: '안녕하세요 사람 1 ' }])
  expect(talk.got).toHaveLength(9)
  const messages = await bench.messages(runId)
  expect(messages.map(({ state, error_code }) => `${state} ${error_code ?? ''}`).toSorted()).toEqual(
    [
      'failed address-missing',
      'failed provider-refused:3104',
      'failed value-null:이름',
      'skipped duplicate',
      'skipped opted-out',
      ...Array.from({ length: 10 }, () => 'sent '),
    ].toSorted(),
  )
  // The duplicate and the one it repeats are found by the same number.
  const byHash = Map.groupBy(
    messages.filter((m) => m.address_hash),
    (m) => m.address_hash,
  )
  expect(
    [...byHash.values()].filter((group) => group.length > 1).map((group) => group.map((m) => m.state).toSorted()),
  ).toContainEqual(['sent', 'skipped'])
})

test('an empty audience completes cleanly', async () => {
  await work({ alimtalk: fakeVendor() })
  const run = await bench.until(await bench.start(chain({ rows: [] })), ['completed', 'failed'])
  expect(run).toMatchObject({ state: 'completed', total: 0, outcomes: {}, law: { holds: true } })
})

test('a temporary refusal is tried again at its time, and is final after the last attempt', async () => {
  let first = true
  const talk = fakeVendor({
    answer: ({ to }) => {
      if (to === phone(2)) return temporary
      if (to !== phone(1)) return undefined
      const was = first
      first = false
      return was ? temporary : undefined
    },
  })
  await work({ alimtalk: talk }, { retryWaits: [600, 100] })
  const startedAt = Date.now()
  const runId = await bench.start(chain({ rows: people(3) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 2, failed: 1 }, law: { holds: true } })
  expect((talk.got.find(({ to }) => to === phone(1))?.at ?? 0) - startedAt).toBeGreaterThan(600)
  const codes = (await bench.messages(runId)).map((m) => `${m.seq}.${m.attempt} ${m.state} ${m.error_code ?? ''}`)
  expect(codes).toEqual([
    '1.1 errored provider-busy:busy',
    '1.2 sent ',
    '2.1 errored provider-busy:busy',
    '2.2 errored provider-busy:busy',
    '2.3 failed retries-used-up:busy',
    '3.1 sent ',
  ])
})

test('a call that was refused as a whole is tried again as a whole', async () => {
  const talk = fakeVendor({
    before: () => {
      if (talk.calls === 1) throw callFails('temporary')
    },
  })
  await work({ alimtalk: talk })
  const run = await bench.until(await bench.start(chain({ rows: people(5) })), ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 5 }, law: { holds: true } })
  expect(talk.got).toHaveLength(5)
})

test('a source that dies in mid-stream fails the run, and nothing is sent', async () => {
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  const runId = await bench.start(chain({ rows: people(5000), dieAfter: 3000 }))
  const run = await bench.until(runId, ['failed', 'completed'])
  expect(run).toMatchObject({ state: 'failed', reason: { code: 'source-broken' } })
  expect([talk.got.length, await bench.messages(runId), await bench.chunks(runId)]).toEqual([0, [], []])
})

test('what asking answered is frozen before the claim: a retry says the same and asks nobody', async () => {
  const asked = { rows: 0 }
  let busy = true
  const talk = fakeVendor({ answer: ({ to }) => (busy && to === phone(2) ? ((busy = false), temporary) : undefined) })
  await work({ alimtalk: talk })
  const rows = [...people(4), person(5, { name: 'no answer' })]
  const runId = await bench.start(
    chain(
      { rows },
      {
        between: [
          ['ask', ask(asked)],
          ['text', text],
        ],
      },
    ),
  )
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 4, failed: 1 }, law: { holds: true } })
  expect(asked.rows).toBe(5)
  expect(talk.got.find(({ to }) => to === phone(2))?.body).toBe('안녕하세요 사람 2 2 of 5')
  const { rows: reads } = await bench.database.pool.query('select statements from run_read where run_no = $1', [run.run_no])
  expect(reads).toEqual([{ statements: '1' }])
})

test('rows that are reshaped after a query come out in full chunks with the answers; who is not chosen is no recipient', async () => {
  const asked = { rows: 0 }
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  const rows = people(2500).map((row, index) => ({ ...row, plan: index % 2 ? 'pro' : 'free' }))
  const runId = await bench.start(
    chain(
      { rows },
      {
        rows: [
          ['ask', ask(asked)],
          ['choose', choose],
        ],
      },
    ),
  )
  const run = await bench.until(runId, ['completed', 'paused', 'failed'])
  expect(run).toMatchObject({ state: 'completed', total: 2500, chosen_out: 1250, outcomes: { sent: 1250 }, law: { holds: true } })
  expect(talk.got).toHaveLength(1250)
  expect(talk.got[0]?.body).toMatch(/ of \d+$/)
})

test('a connection that is not set up right pauses the run with its reason; cancelling it is lawful', async () => {
  const talk = fakeVendor({
    before: () => {
      if (talk.calls > 1) throw callFails('configuration')
    },
  })
  await work({ alimtalk: talk }, { slice: 100 })
  const runId = await bench.start(chain({ rows: people(300) }))
  const paused = await bench.until(runId, ['paused', 'completed'])
  // Not by the vendor's name: there may be two connections to it.
  const fields = { provider: 'Our alimtalk', connectionId: 'alimtalk' }
  expect(paused).toMatchObject({ state: 'paused', reason: { code: 'provider-configuration', fields } })
  await bench.cancel(runId)
  const run = await bench.until(runId, ['cancelled'])
  expect(run).toMatchObject({ outcomes: { sent: 100, cancelled: 200 }, law: { holds: true } })
  expect(talk.got).toHaveLength(100)
})

test('an answer that got lost is unconfirmed where the provider cannot be asked, found where it can', async () => {
  const lost = (vendor: FakeVendor) => () => {
    if (vendor.calls === 1) throw callFails('unknown')
  }
  const blind: FakeVendor = fakeVendor({ after: () => lost(blind)(), answer: () => undefined } as Partial<FakeVendor>)
  await work({ alimtalk: blind })
  const one = await bench.until(await bench.start(chain({ rows: people(3) })), ['completed'])
  expect(one).toMatchObject({ outcomes: { unconfirmed: 3 }, law: { holds: true } })
  expect(blind.got).toHaveLength(3)
  const seeing: FakeVendor = fakeVendor({ after: () => lost(seeing)(), lookup: true })
  bench.providers.set('alimtalk', openFake(seeing))
  const two = await bench.until(await bench.start(chain({ rows: people(3) })), ['completed'])
  expect(two).toMatchObject({ outcomes: { sent: 3 }, law: { holds: true } })
  expect(seeing.got).toHaveLength(3)
})

test('a call that never arrived is sent after the look-up, once', async () => {
  const talk: FakeVendor = fakeVendor({
    before: () => {
      if (talk.calls === 1) throw callFails('unknown')
    },
    lookup: true,
  })
  await work({ alimtalk: talk })
  const run = await bench.until(await bench.start(chain({ rows: people(3) })), ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 3 }, law: { holds: true } })
  expect(new Set(talk.got.map(({ key }) => key)).size).toBe(talk.got.length)
  expect(talk.got).toHaveLength(3)
})

test('cancel in mid-run: no call begins later than 2 s after, and every recipient has an outcome', async () => {
  const talk = fakeVendor({ before: () => new Promise((resolve) => setTimeout(resolve, 100)) })
  await work({ alimtalk: talk }, { slice: 50 })
  const runId = await bench.start(chain({ rows: people(3500) }))
  await bench.until(runId, ['sending'])
  while (talk.got.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await bench.cancel(runId)
  const asked = Date.now()
  const run = await bench.until(runId, ['cancelled'])
  expect(Math.max(...talk.got.map(({ at }) => at))).toBeLessThan(asked + 2000)
  expect(run.law).toMatchObject({ holds: true, broken: [] })
  expect(run.outcomes).toEqual({ sent: talk.got.length, cancelled: 3500 - talk.got.length })
  expect(talk.got.length).toBeLessThan(3500)
  await expect(bench.cancel(runId)).rejects.toMatchObject({ code: 'run-over' })
})

test('cancel while the audience is read leaves nothing behind', async () => {
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  const runId = await bench.start(chain({ rows: people(50_000), slowMs: 50 }))
  await bench.until(runId, ['preparing'])
  await bench.cancel(runId)
  const run = await bench.until(runId, ['cancelled'])
  expect([run.total, talk.got.length, await bench.chunks(runId)]).toEqual([0, 0, []])
})

test('two workers on one run send to every recipient once', async () => {
  const talk = fakeVendor({ before: () => new Promise((resolve) => setTimeout(resolve, 5)) })
  await work({ alimtalk: talk })
  await bench.engine()
  const run = await bench.until(await bench.start(chain({ rows: people(20_000) })), ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 20_000 }, law: { holds: true } })
  expect(new Set(talk.got.map(({ to }) => to)).size).toBe(20_000)
  expect(talk.got).toHaveLength(20_000)
})

test('who may not be sent any more is expired, and nothing is sent', async () => {
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  const run = await bench.until(await bench.start(chain({ rows: people(3) }, { channel: ['talk', channel('alimtalk', 0)] })), [
    'completed',
  ])
  expect(run).toMatchObject({ outcomes: { expired: 3 }, law: { holds: true } })
  expect(talk.got).toHaveLength(0)
})

test('columns that changed since the workflow was pinned fail the run, with nothing sent', async () => {
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  bench.changed = new AppError('source-changed', { detail: 'phone' })
  const run = await bench.until(await bench.start(chain({ rows: people(3) })), ['failed', 'completed'])
  expect(run).toMatchObject({ state: 'failed', reason: { code: 'source-changed' } })
  expect(talk.got).toHaveLength(0)
})

test('a connection that is gone pauses the run; cancelling it needs no connection', async () => {
  bench.providers.clear()
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(3) }))
  const paused = await bench.until(runId, ['paused', 'completed'])
  expect(paused).toMatchObject({ state: 'paused', reason: { code: 'connection-missing' } })
  await bench.cancel(runId)
  expect(await bench.until(runId, ['cancelled'])).toMatchObject({ outcomes: { cancelled: 3 }, law: { holds: true } })
})

test('a cancelled run whose reader died is ended by another worker, with nothing left', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.database.pool.query('update workflow_run set state = 1, cancel_requested = true where id = $1', [runId])
  await bench.engine()
  expect(await bench.until(runId, ['cancelled'])).toMatchObject({ total: 0, outcomes: {} })
})

test('what was sent can go on to another channel, as another message of the same person', async () => {
  const talk = fakeVendor({ answer: ({ to }) => (to === phone(2) ? refused : undefined) })
  const sms = fakeVendor()
  await work({ alimtalk: talk, sms })
  const plan = chain({ rows: people(3) }, { fallback: ['sms', channel('sms')], fallbackPort: 'sent' })
  const run = await bench.until(await bench.start(plan), ['completed'])
  expect(run).toMatchObject({ total: 3, outcomes: { sent: 2, failed: 1 }, law: { holds: true } })
  expect(sms.got.map(({ to }) => to)).toEqual([phone(1), phone(3)])
})

test('the law notices a lost row, a row too many, a wrong state and a chunk that does not add up', async () => {
  await work({ alimtalk: fakeVendor() })
  const plan = chain({ rows: people(4) })
  const { run_no: runNo } = await bench.until(await bench.start(plan), ['completed'])
  const { pool } = bench.database
  const broken = async (change: string): Promise<string[]> => {
    const client = await pool.connect()
    await client.query('begin')
    await client.query(change, [runNo])
    const law = checkLaw(plan, await readLawFacts(client, runNo), { whole: true })
    await client.query('rollback')
    client.release()
    return law.broken.map((check) => check.what)
  }
  expect(await broken('select $1::bigint')).toEqual([])
  expect(await broken('delete from messages where run_no = $1 and seq = 2')).toEqual(['recipients', 'messages sent'])
  expect(await broken('insert into messages (run_no, node_no, seq, chunk_no, state) values ($1, 3, 9, 1, 2)')).toEqual([
    'recipients',
    'messages sent',
  ])
  expect(await broken('update messages set state = 6 where run_no = $1 and seq = 3')).toEqual([
    'messages sent',
    'messages failed',
  ])
  expect(await broken('update run_chunk set sent = sent - 1 where run_no = $1')).toEqual(['chunks', 'messages sent'])
  expect(await broken('update run_node set rows = rows + 1 where run_no = $1 and port = 0')).toEqual(['node rows'])
})
