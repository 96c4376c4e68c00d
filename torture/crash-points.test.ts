import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CrashPoint } from '#runtime/crash-point.ts'
import { Acceptance } from '#server/test/acceptance/harness.ts'
import { Fake } from './fake/server.ts'
import { concurrencyOf, isBlind, mostClaimed, type Channel } from './harness/channels.ts'
import { document, type Shape } from './harness/documents.ts'
import { makePeople } from './harness/people.ts'
import { judge, type Verdict } from './harness/verdict.ts'

// The short form of `npm run torture`: one of two workers dies, or freezes and wakes up, at named points; the provider's own log against the rows.

const PEOPLE = 1500
const folder = mkdtempSync(join(tmpdir(), 'alimflow-short-torture-'))
const orderFile = join(folder, 'order')
const logFile = join(folder, 'accepted.jsonl')
const fake = new Fake({ log: logFile })

let acceptance: Acceptance
let workers: ChildProcess[] = []
beforeAll(async () => {
  process.env.ALIMFLOW_PLUGINS_DIR = join(import.meta.dirname, 'plugins')
  await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve))
  acceptance = await Acceptance.open()
  await makePeople(acceptance.server.shop.pool, PEOPLE)
  workers = await Promise.all([worker(), worker()])
}, 600_000)
afterAll(async () => {
  await acceptance?.close()
  fake.server.closeAllConnections()
  fake.server.close()
  rmSync(folder, { recursive: true, force: true })
})

const worker = (): Promise<ChildProcess> => acceptance.child({ ALIMFLOW_CRASH_POINT: orderFile })

const channels = new Map<string, string>()
async function channel(kind: Channel): Promise<string> {
  const { port } = fake.server.address() as AddressInfo // a listening TCP server has a numeric address
  const settings = { url: `http://127.0.0.1:${port}`, concurrency: concurrencyOf(kind) }
  const id = channels.get(kind) ?? (await acceptance.connect({ name: kind, kind: `torture-${kind}`, settings, secrets: {} }))
  channels.set(kind, id)
  return id
}

function order(line: string): () => boolean {
  rmSync(`${orderFile}.fired`, { force: true })
  writeFileSync(orderFile, line)
  return () => existsSync(`${orderFile}.fired`)
}

async function verdictOf(runId: string, mayBeUnconfirmed: number): Promise<Verdict> {
  const run = await acceptance.until(runId, ['completed'], 300_000)
  const query = async <Row extends object>(text: string, values?: unknown[]): Promise<Row[]> =>
    (await acceptance.server.database.pool.query<Row>(text, values)).rows
  return judge({ query, logFile }, { ...run, runNo: Number(run.run_no) }, { mayBeUnconfirmed })
}

type Case = readonly [point: CrashPoint, nth: number, channel: Channel, shape: Shape]

/** Untouched rows of a dead worker go on elsewhere within this time: with a provider that nobody has to wait for, the whole run. */
const GOES_ON_MS = 30_000

const cases: readonly Case[] = [
  ['spooling', 2, 'lookup', 'plain'],
  ['after-spool', 1, 'lookup', 'plain'],
  ['after-claim', 1, 'groups', 'plain'],
  ['after-freeze', 1, 'lookup', 'query'],
  ['after-begin', 2, 'groups', 'plain'],
  ['mid-call', 2, 'lookup', 'plain'],
  ['mid-call', 2, 'blind', 'plain'],
  ['after-accept', 2, 'groups', 'plain'],
  ['after-record', 2, 'lookup', 'plain'],
  ['reshaping', 1, 'lookup', 'reshape'],
  ['reshaping', 1, 'lookup', 'merge'],
  ['applying-reports', 1, 'lookup', 'plain'],
  ['finishing', 1, 'lookup', 'plain'],
  ['mid-call', 300, 'one-lookup', 'plain'],
  ['after-accept', 300, 'one-blind', 'plain'],
]

test.each(cases)('kill -9 %s, passage %i (%s, %s)', { timeout: 600_000 }, async (point, nth, kind, shape) => {
  const fired = order(`${point}:kill:${nth} ${kind}`)
  const runId = await acceptance.start(document(shape, { source: 'sample-shop', channel: await channel(kind) }))
  await expect.poll(fired, { timeout: 300_000 }).toBe(true)
  const firedAt = performance.now()
  const verdict = await verdictOf(runId, isBlind(kind) ? mostClaimed(kind) : 0)
  if (kind === 'blind' || kind === 'groups') expect(performance.now() - firedAt).toBeLessThan(GOES_ON_MS)
  expect(verdict).toMatchObject({ violations: [], recipients: shape === 'reshape' ? PEOPLE * 0.98 : PEOPLE, failed: 0 })
  expect(verdict.sent + verdict.unconfirmed).toBe(verdict.recipients)
  const dead = workers.filter(({ signalCode }) => signalCode === 'SIGKILL')
  expect(dead).toHaveLength(1)
  workers = [...workers.filter((one) => !dead.includes(one)), await worker()]
})

/** Does the process stand still? The state follows the name, which stands in parentheses. */
const isStopped = ({ pid }: ChildProcess): boolean => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

test.each([
  // A chunk is taken once: with few chunks and several workers there may be no second time in any of them.
  ['after-claim', 1, 'groups', 0],
  ['mid-call', 2, 'lookup', 400],
] as const)(
  'frozen %s, passage %i, until its time is over and others have gone on, then awake (%s)',
  { timeout: 600_000 },
  async (point, nth, kind, mayBeUnconfirmed) => {
    const fired = order(`${point}:stop:${nth} ${kind}`)
    const runId = await acceptance.start(document('plain', { source: 'sample-shop', channel: await channel(kind) }))
    await expect.poll(fired, { timeout: 300_000 }).toBe(true)
    await expect.poll(() => workers.filter(isStopped).length, { timeout: 10_000 }).toBe(1)
    const frozen = workers.filter(isStopped)
    // Its minute is over: by the database's clock, the only one that judges deadlines.
    const { run_no: runNo } = await acceptance.run(runId)
    const { pool } = acceptance.server.database
    const open = async (): Promise<number> => {
      await pool.query('update run_chunk set send_deadline = now() where run_no = $1 and state = 1', [runNo])
      return (await pool.query('select 1 from run_chunk where run_no = $1 and state <> 2', [runNo])).rowCount ?? 0
    }
    await expect.poll(open, { timeout: 300_000, interval: 3000 }).toBe(0)
    for (const one of frozen) one.kill('SIGCONT')
    expect(await verdictOf(runId, mayBeUnconfirmed)).toMatchObject({ violations: [], recipients: PEOPLE, failed: 0 })
    // It has heard that the chunks are no longer its own, and works on: one more run, and nothing of the old one is sent again.
    const again = await acceptance.start(document('plain', { source: 'sample-shop', channel: await channel(kind) }))
    expect(await verdictOf(again, 0)).toMatchObject({ violations: [], sent: PEOPLE })
    expect(await verdictOf(runId, mayBeUnconfirmed)).toMatchObject({ violations: [] })
  },
)

test.each(['lookup', 'one-lookup'] as const)(
  'the database drops every connection in the middle of sending (%s)',
  { timeout: 600_000 },
  async (kind) => {
    const { pool } = acceptance.server.database
    const before = fake.calls
    const runId = await acceptance.start(document('plain', { source: 'sample-shop', channel: await channel(kind) }))
    const calls = kind === 'lookup' ? 3 : 200
    await expect.poll(() => fake.calls - before, { timeout: 300_000, interval: 5 }).toBeGreaterThanOrEqual(calls)
    const gone = Promise.all(workers.map((one) => once(one, 'exit')))
    await pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    // Without its lock a worker may not go on: it ends, and here nobody but us starts another one in its place.
    await gone
    workers = await Promise.all([worker(), worker()])
    expect(await verdictOf(runId, 0)).toMatchObject({ violations: [], sent: PEOPLE, failed: 0 })
  },
)
