import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import type { NodeType } from '#runtime/sdk/index.ts'
import type { Guards } from '#schemas/guards.ts'
import { approveRun, pauseByHand } from '#server/runs/control.ts'
import { readSums } from '#server/runs/sums.ts'
import { startRun, type StartRun } from '#server/runs/start.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { ask, channel, choose, text } from '#server/worker/test/nodes.ts'
import { chain, people, person, phone } from '#server/worker/test/people.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'

let bench: Bench
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  bench = await Bench.open()
})
afterEach(async () => {
  await bench.rest()
  await bench.database.pool.query(`update workspace set guards = '{}' where id = $1`, [workspaceId])
})
afterAll(() => bench.close())

const by = (runId: string) => ({ workspaceId, runId, actor: 'kim' })

/** A workflow that can run several times: `audience` says who is there each time. */
async function workflow(
  guards: Guards = {},
  plan?: (count: number) => Plan,
): Promise<{ run: (count: number, more?: Partial<StartRun>) => Promise<string> }> {
  const name = randomUUID()
  const pinned = { document: { name, settings: { guards } }, templates: {}, timezone: 'Asia/Seoul' }
  const { rows } = await bench.database.pool.query<{ workflow: string; version: string }>(
    `with w as (insert into workflow (id, workspace_id, name, document) values (gen_random_uuid(), $1, $2, '{}') returning id)
     insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) select gen_random_uuid(), $1, w.id, 1, 1, $3 from w
     returning workflow_id as workflow, id as version`,
    [workspaceId, name, JSON.stringify(pinned)],
  )
  const { workflow: workflowId = '', version: versionId = '' } = rows[0] ?? {}
  return {
    async run(count, more = {}) {
      bench.plans.set(name, plan?.(count) ?? chain({ rows: people(count) }))
      const start = { workspaceId, workflowId, versionId, trigger: 'manual', actor: 'kim', ...more }
      return (await startRun(bench.deps, start))?.runId ?? ''
    },
  }
}

async function vendor() {
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk))
  await bench.engine()
  return talk
}

test('more recipients than the maximum: the run waits with nothing sent, an approval sends to everybody, and says who gave it', async () => {
  const talk = await vendor()
  const { run } = await workflow({ maxRecipients: 20 })
  const runId = await run(21)
  const waiting = await bench.until(runId, ['waiting'])
  expect(waiting).toMatchObject({ total: 21, reason: { code: 'guard-recipients', fields: { count: 21, limit: 20 } } })
  expect(talk.calls).toBe(0)
  const sums = (await readSums(bench.database.pool, [waiting.run_no])).get(waiting.run_no)
  expect(sums?.chunks).toEqual([expect.objectContaining({ pending: 21, sending: 0 })])
  await expect(pauseByHand(bench.deps, by(runId))).rejects.toMatchObject({ code: 'run-waits-for-approval' })
  await approveRun(bench.deps, by(runId))
  const done = await bench.until(runId, ['completed'])
  expect(done).toMatchObject({
    outcomes: { sent: 21 },
    law: { holds: true },
    reason: null,
    approved: [expect.objectContaining({ code: 'guard-recipients', by: 'kim' })],
  })
  expect(talk.got).toHaveLength(21)
})

test("the workspace's maximum counts where the workflow has none; who waits can be cancelled", async () => {
  const talk = await vendor()
  await bench.database.pool.query(`update workspace set guards = '{"maxRecipients":3}' where id = $1`, [workspaceId])
  const { run } = await workflow()
  const runId = await run(4)
  await bench.until(runId, ['waiting'])
  await bench.cancel(runId)
  expect(await bench.until(runId, ['cancelled'])).toMatchObject({ outcomes: { cancelled: 4 }, law: { holds: true } })
  expect(talk.calls).toBe(0)
})

test('nobody to send to: the run completes and says so, or waits where that is set', async () => {
  await vendor()
  const ends = await bench.until(await (await workflow()).run(0), ['completed'])
  expect(ends).toMatchObject({ reason: { code: 'empty-audience' }, outcomes: {}, law: { holds: true } })
  const runId = await (await workflow({ empty: 'wait' })).run(0)
  expect(await bench.until(runId, ['waiting'])).toMatchObject({ reason: { code: 'guard-empty' } })
  await approveRun(bench.deps, by(runId))
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: {}, law: { holds: true } })
})

test('a jump against the last completed run waits; small runs and test runs are not compared', async () => {
  await vendor()
  const { run } = await workflow()
  await bench.until(await run(5), ['completed'])
  await bench.until(await run(120), ['completed'])
  await bench.until(await run(5, { kind: 'test' }), ['completed'])
  const fewer = await run(30)
  expect(await bench.until(fewer, ['waiting'])).toMatchObject({
    reason: { code: 'guard-jump', fields: { count: 30, last: 120, factor: 3 } },
  })
  await bench.cancel(fewer)
  await bench.until(fewer, ['cancelled'])
  expect(await bench.until(await run(361), ['waiting'])).toMatchObject({ reason: { code: 'guard-jump' } })
  await bench.until(await run(119), ['completed'])
})

test('the first ones go alone, then the run waits, and an approval sends the rest once', async () => {
  const talk = await vendor()
  const { run } = await workflow()
  const runId = await run(2500, { first: 1200 })
  const waiting = await bench.until(runId, ['waiting'])
  expect(waiting).toMatchObject({ reason: { code: 'first-part-sent', fields: { count: 1200, left: 1300 } } })
  expect(talk.got.map(({ to }) => to).toSorted()).toEqual(Array.from({ length: 1200 }, (_, index) => phone(index + 1)).toSorted())
  await approveRun(bench.deps, by(runId))
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 2500 }, law: { holds: true } })
  expect(new Set(talk.got.map(({ to }) => to)).size).toBe(2500)
  expect(talk.got).toHaveLength(2500)
})

test('a guard and a first part: two approvals, first the few, then the rest; as many as there are needs none', async () => {
  const talk = await vendor()
  const { run } = await workflow({ maxRecipients: 10 })
  const runId = await run(30, { first: 4 })
  await bench.until(runId, ['waiting'])
  await approveRun(bench.deps, by(runId))
  const reasonOf = async () => (await bench.run(runId)).reason?.code
  await expect.poll(reasonOf, { timeout: 10_000 }).toBe('first-part-sent')
  expect(talk.got).toHaveLength(4)
  await approveRun(bench.deps, by(runId))
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 30 }, law: { holds: true } })
  expect(await bench.until(await (await workflow()).run(7, { first: 7 }), ['completed'])).toMatchObject({ outcomes: { sent: 7 } })
})

/** A fake vendor whose Alimtalk costs so much. */
async function priced(won: number) {
  const talk = fakeVendor()
  const open = openFake(talk)
  bench.providers.set('alimtalk', { ...open, type: { ...open.type, prices: { ATA: won } } })
  await bench.engine()
  return talk
}

test('missing values and cost hold a run when everything is prepared; nothing is asked twice, also where a first part goes alone', async () => {
  const talk = await priced(10)
  const asked = { rows: 0 }
  const between: [string, NodeType][] = [
    ['ask', ask(asked)],
    ['text', text],
  ]
  const rows = (count: number) => [
    ...people(count),
    person(901, { name: '' }),
    person(902, { name: null }),
    person(903, { phone: null }),
  ]
  const { run } = await workflow({ missingValues: 2, cost: 50 }, (count) => chain({ rows: rows(count) }, { between }))
  const runId = await run(7, { first: 4 })
  const waiting = await bench.until(runId, ['waiting'])
  // Empty, null, no address: three; eight texts are ready at 10 won.
  expect(waiting.reason).toEqual({ code: 'guard-missing', fields: { count: 3, limit: 2 } })
  expect(asked.rows).toBe(10)
  expect(talk.calls).toBe(0)
  await approveRun(bench.deps, by(runId))
  await expect.poll(async () => (await bench.run(runId)).reason?.code, { timeout: 20_000 }).toBe('first-part-sent')
  await approveRun(bench.deps, by(runId))
  expect(await bench.until(runId, ['completed'])).toMatchObject({
    outcomes: { sent: 8, failed: 2 },
    law: { holds: true, broken: [] },
  })
  expect(asked.rows).toBe(10)
  expect(talk.got.map(({ body }) => body)).toContain('안녕하세요 사람 7 7 of 10')
})

test("a connection's own price goes before its provider's: in the guard, and in what each message cost", async () => {
  const open = openFake(fakeVendor(), { settings: { priceAlimtalk: 12.4 } })
  bench.providers.set('alimtalk', { ...open, type: { ...open.type, prices: { ATA: 10 } } })
  await bench.engine()
  const runId = await (await workflow({ cost: 30 })).run(3)
  expect(await bench.until(runId, ['waiting'])).toMatchObject({
    reason: { code: 'guard-cost', fields: { count: 37, limit: 30 } },
  })
  await approveRun(bench.deps, by(runId))
  const { run_no } = await bench.until(runId, ['completed'])
  const { rows } = await bench.database.pool.query('select cost::int from messages where run_no = $1 and state = 2', [run_no])
  expect(rows).toEqual([{ cost: 12 }, { cost: 12 }, { cost: 12 }])
})

test('what is to be judged and cannot be known before is for a person to say; within the limits nobody is asked', async () => {
  await priced(10)
  const { run } = await workflow({ cost: 30 })
  await bench.until(await run(3), ['completed'])
  expect(await bench.until(await run(4), ['waiting'])).toMatchObject({
    reason: { code: 'guard-cost', fields: { count: 40, limit: 30 } },
  })
  const reshaped = await workflow({ cost: 1000 }, (count) =>
    chain(
      { rows: people(count) },
      {
        rows: [
          ['ask', ask({ rows: 0 })],
          ['choose', choose],
        ],
        between: [['text', text]],
        channel: ['talk', channel('alimtalk')],
      },
    ),
  )
  expect(await bench.until(await reshaped.run(4), ['waiting'])).toMatchObject({ reason: { code: 'guard-unknown' } })
})
