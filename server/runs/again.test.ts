import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AppError, defineNode, type NodeType } from '#runtime/sdk/index.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { againDeps } from '#server/worker/test/known-runs.ts'
import { ask, channel, leaveOut, source, text } from '#server/worker/test/nodes.ts'
import { chain, people, person, phone } from '#server/worker/test/people.ts'
import { callFails, fakeVendor, openFake, refused, type FakeVendor } from '#server/worker/test/provider.ts'
import { resendRun, resolveMessages, type AgainDeps } from './again.ts'
import { outcomesOf } from './outcomes.ts'
import { readSums } from './sums.ts'

let bench: Bench
let deps: AgainDeps
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  bench = await Bench.open()
  deps = againDeps(bench)
})
afterEach(() => bench.rest())
afterAll(() => bench.close())

const by = (runId: string) => ({ workspaceId, runId, actor: 'kim' })

async function work(vendors: Record<string, FakeVendor>): Promise<void> {
  for (const [name, vendor] of Object.entries(vendors)) bench.providers.set(name, openFake(vendor))
  await bench.engine()
}

/** What pages show of a run, from its counters. */
async function shown(runId: string): Promise<unknown> {
  const run = await bench.run(runId)
  const sums = (await readSums(bench.database.pool, [run.run_no])).get(run.run_no)
  const open = await deps.known.get(runId)
  return outcomesOf({ state: 3, outcomes: null, total: run.total, chosen_out: run.chosen_out }, open?.plan ?? null, sums)
}

const said = async (runId: string): Promise<string[]> =>
  (await bench.messages(runId)).map((one) => `${one.seq}.${one.attempt} ${one.state} ${one.error_code ?? ''}`.trim())

test('send again to failed: the same text, the next attempt, nobody else; the law holds before and after', async () => {
  let mended = false
  const talk = fakeVendor({ answer: ({ to }) => (!mended && [phone(1), phone(3)].includes(to) ? refused : undefined) })
  await work({ alimtalk: talk })
  const asked = { rows: 0 }
  const runId = await bench.start(
    chain(
      { rows: people(4) },
      {
        between: [
          ['ask', ask(asked)],
          ['text', text],
        ],
      },
    ),
  )
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 2, failed: 2 }, law: { holds: true } })
  mended = true
  await bench.rest()
  // An hour later somebody looks at it: that hour is none of those that the run took.
  await bench.database.pool.query(
    `update workflow_run set sending_ended_at = sending_ended_at - interval '1 hour', closed_at = closed_at - interval '1 hour' where id = $1`,
    [runId],
  )
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toEqual({ runId, messages: 2 })
  const { rows: rested } = await bench.database.pool.query(
    'select floor(rested_ms / 3600000) as hours from workflow_run where id = $1',
    [runId],
  )
  expect(rested).toEqual([{ hours: 1 }])
  expect(await shown(runId)).toEqual({ sent: 2, pending: 2 })
  await bench.engine()
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 4 }, law: { holds: true, broken: [] } })
  expect(await shown(runId)).toEqual({ sent: 4 })
  expect(await said(runId)).toEqual([
    '1.1 errored provider-refused:3104',
    '1.2 sent',
    '2.1 sent',
    '3.1 errored provider-refused:3104',
    '3.2 sent',
    '4.1 sent',
  ])
  // The answer of the first time was frozen: nobody was asked again.
  expect(asked.rows).toBe(4)
  expect(talk.got.filter(({ to }) => to === phone(1)).map(({ body }) => body)).toEqual(['안녕하세요 사람 1 1 of 4'])
  expect((await bench.messages(runId))[0]?.history).toEqual([
    [expect.any(Number), expect.any(String)],
    [expect.any(Number), expect.any(String), 'kim'],
  ])
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toEqual({ runId, messages: 0 })
  expect(await bench.run(runId)).toMatchObject({ state: 'completed' })
})

test('two wishes at the same moment: each message goes again once', async () => {
  let mended = false
  const talk = fakeVendor({ answer: () => (mended ? undefined : refused) })
  await work({ alimtalk: talk })
  const runId = await bench.start(chain({ rows: people(1500) }))
  await bench.until(runId, ['completed'])
  mended = true
  const wishes = [1, 2, 3].map(() =>
    resendRun(deps, by(runId), { wish: {}, client: null }).catch((error: AppError) => error.code),
  )
  const answers = await Promise.all(wishes)
  // Whoever came second found everybody taken, or the run sending again.
  expect(answers.filter((answer) => typeof answer === 'object' && answer.messages === 1500)).toHaveLength(1)
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 1500 }, law: { holds: true } })
  expect(talk.got).toHaveLength(1500)
})

test('a filter by reason; a run that still sends, or failed before, is refused', async () => {
  const talk = fakeVendor({ answer: ({ to }) => (to === phone(1) ? refused : undefined) })
  await work({ alimtalk: talk })
  const runId = await bench.start(chain({ rows: [...people(2), person(3, { phone: null })] }))
  await bench.until(runId, ['completed'])
  const wish = { codes: ['address-missing'] }
  expect(await resendRun(deps, by(runId), { wish: { ...wish, nodeIds: ['text'] }, client: null })).toMatchObject({ messages: 0 })
  expect(await resendRun(deps, by(runId), { wish, client: null })).toMatchObject({ messages: 1 })
  await expect(resendRun(deps, by(runId), { wish: {}, client: null })).rejects.toMatchObject({ code: 'run-still-sending' })
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 1, failed: 2 }, law: { holds: true } })
  const broken = await bench.start(chain({ rows: people(3000), dieAfter: 1000 }))
  await bench.until(broken, ['failed'])
  await expect(resendRun(deps, by(broken), { wish: {}, client: null })).rejects.toMatchObject({ code: 'run-failed-unsent' })
})

test('who has the fallback gets nothing again; who failed there too gets the fallback again', async () => {
  let mended = false
  const talk = fakeVendor({ answer: () => refused })
  const sms = fakeVendor({ answer: ({ to }) => (!mended && to === phone(2) ? refused : undefined) })
  await work({ alimtalk: talk, sms })
  const runId = await bench.start(chain({ rows: people(3) }, { fallback: ['sms', channel('sms')] }))
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 2, failed: 1 } })
  mended = true
  await bench.rest()
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toMatchObject({ messages: 1 })
  expect(await shown(runId)).toEqual({ sent: 2, pending: 1 })
  await bench.engine()
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 3 }, law: { holds: true, broken: [] } })
  expect(sms.got.map(({ to }) => to).toSorted()).toEqual([phone(1), phone(2), phone(3)])
  expect(talk.calls).toBe(1)
})

test('a cancelled run goes on where somebody wants it, and everybody has one message at the end', async () => {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const talk = fakeVendor({ before: () => gate })
  bench.providers.set('alimtalk', openFake(talk, { batch: 5, settings: { concurrency: 1 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(20) }))
  await expect.poll(() => talk.calls, { timeout: 10_000 }).toBeGreaterThan(0)
  await bench.cancel(runId)
  open()
  const cancelled = await bench.until(runId, ['cancelled'])
  const left = 20 - talk.got.length
  expect(cancelled.outcomes).toEqual({ sent: talk.got.length, cancelled: left })
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toMatchObject({ messages: 0 })
  expect(await resendRun(deps, by(runId), { wish: { states: ['cancelled'] }, client: null })).toMatchObject({ messages: left })
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 20 }, law: { holds: true, broken: [] } })
  expect(new Set(talk.got.map(({ to }) => to)).size).toBe(20)
  expect(talk.got).toHaveLength(20)
})

test('who was left out by a step that failed goes through it once more when it is mended; who was left out on purpose stays out', async () => {
  const state = { mended: false }
  const talk = fakeVendor()
  await work({ alimtalk: talk })
  const rows = [...people(3), person(4, { opted_out: true }), person(5, { name: 'odd' })]
  const audience: [string, NodeType][] = [
    ['people', source({ rows })],
    ['out', leaveOut],
    ['score', score(state)],
  ]
  const runId = await bench.start(chain({ rows }, { audience }))
  expect(await bench.until(runId, ['completed'])).toMatchObject({
    outcomes: { sent: 3, skipped: 1, failed: 1 },
    law: { holds: true },
  })
  // Not mended yet: nobody goes again.
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toMatchObject({ messages: 0 })
  state.mended = true
  await bench.rest()
  expect(await resendRun(deps, by(runId), { wish: { states: ['failed', 'skipped'] }, client: null })).toMatchObject({
    messages: 1,
  })
  expect(await shown(runId)).toEqual({ sent: 3, skipped: 1, pending: 1 })
  await bench.engine()
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 4, skipped: 1 }, law: { holds: true, broken: [] } })
  expect(talk.got.map(({ to }) => to).toSorted()).toEqual([phone(1), phone(2), phone(3), phone(5)])
})

/** A step of the audience that fails for the name `odd` until it is mended. */
function score(state: { mended: boolean }): NodeType {
  return defineNode({
    ...text,
    type: 'score-test',
    ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
    process: (batch) => ({
      rows: batch.filter((row) => state.mended || row['name'] !== 'odd'),
      failed: batch
        .filter((row) => !state.mended && row['name'] === 'odd')
        .map((row) => ({ row, error: new AppError('node-failed', { detail: 'odd' }) })),
    }),
  })
}

test('unconfirmed messages: one is marked as sent, the others are sent again; who did it stands in the history', async () => {
  let lost = true
  const talk = fakeVendor({
    after: () => {
      if (lost) throw callFails('unknown')
    },
  })
  await work({ alimtalk: talk })
  const runId = await bench.start(chain({ rows: people(3) }))
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { unconfirmed: 3 }, law: { holds: true } })
  const [first] = await bench.messages(runId)
  const message = { nodeNo: first?.node_no ?? 0, seq: 1, attempt: 1 }
  expect(await resolveMessages(deps, by(runId), { as: 'sent', which: { message } })).toMatchObject({ messages: 1 })
  expect(await bench.run(runId)).toMatchObject({
    state: 'completed',
    outcomes: { sent: 1, unconfirmed: 2 },
    law: { holds: true },
  })
  expect((await bench.messages(runId))[0]).toMatchObject({ state: 'sent', error_code: null })
  expect((await bench.messages(runId))[0]?.history?.at(-1)).toEqual([2, expect.any(String), 'kim'])
  await expect(resolveMessages(deps, by(runId), { as: 'resend', which: { message } })).rejects.toMatchObject({
    code: 'message-not-unconfirmed',
  })
  lost = false
  await bench.rest()
  expect(await resolveMessages(deps, by(runId), { as: 'resend', which: {} })).toMatchObject({ messages: 2 })
  expect(await shown(runId)).toEqual({ sent: 1, pending: 2 })
  await bench.engine()
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 3 }, law: { holds: true, broken: [] } })
  expect(await said(runId)).toEqual(
    ['1.1 sent', '2.1 errored in-doubt', '2.2 sent', '3.1 errored in-doubt', '3.2 sent'].map((line) =>
      line.replace('in-doubt', 'provider-unknown:K1'),
    ),
  )
  const { rows } = await bench.database.pool.query(
    `select actor, data from run_events where kind = 'resolve' and run_no = (select run_no from workflow_run where id = $1) order by id`,
    [runId],
  )
  expect(rows).toEqual([
    { actor: 'kim', data: { as: 'sent', messages: 1 } },
    { actor: 'kim', data: { as: 'resend', messages: 2 } },
  ])
})
