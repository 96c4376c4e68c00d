import { expect, test } from 'vitest'
import type { Gate, Leave } from '#runtime/run/gate.ts'
import type { SendLedger, SliceRecord, TakenChunk } from '#runtime/run/ledger.ts'
import { runLane } from '#runtime/run/send.ts'
import type { Sender } from '#runtime/run/sender.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { chain, people, phone } from './test/people.ts'
import { callFails, fakeVendor, openFake } from './test/provider.ts'
import { testLog } from './test/test-engine.ts'

// What a lane says of a chunk that it hands back when the database failed it: a row that was called for must stay in doubt, and must not be
// looked up before the provider's lists show the call.

type GivenBack = Parameters<SendLedger['giveBack']>[1]

const LAG_MS = 7_000
const plan = chain({ rows: people(3) })
const down = (): AppError => new AppError('part-down', { part: 'PostgreSQL', detail: '' })

function chunkOf(part: Partial<TakenChunk>): TakenChunk {
  const seqs = [1, 2, 3]
  const { names, columns } = { names: ['id', 'phone'], columns: [seqs, seqs.map((seq) => phone(seq))] }
  const rows = { names, seqs, columns, messages: null }
  const known = { nodeNo: 3, no: 1, attempt: 1, kind: 0, n: 3, epoch: 1, recorded: 0, from: 0, claimed: 3 }
  return { ...known, doubt: 'none', deadline: performance.now() + 60_000, timedFrom: null, rows, answers: null, ...part }
}

function gateOf(rows: number): Gate {
  const leave: Leave = { kind: 'go', at: 0, rows, probe: false, carries: () => {}, ended: () => {}, unused: () => {} }
  return { slice: rows, window: 3, tryAsk: () => leave, ask: async () => leave }
}

/** One chunk goes through a lane. @returns how it was handed back, each time */
async function work(
  chunk: TakenChunk,
  options: {
    vendor: ReturnType<typeof fakeVendor>
    batch: number
    record?: (record: SliceRecord) => Error | 'fenced' | undefined
    giveBackFails?: number
    /** Numbers of people who asked to be erased. */
    erased?: readonly number[]
    /** Rows of a call at most. */
    slice?: number
  },
): Promise<GivenBack[]> {
  const { type, session } = openFake(options.vendor, { batch: options.batch, limits: { listingLagMs: LAG_MS } })
  const given: GivenBack[] = []
  let next: TakenChunk | null = chunk
  const ledger: SendLedger = {
    async take() {
      const taken = next
      next = null
      return taken
    },
    freeze: async (held) => held,
    begin: async () => true,
    calls: async () => [],
    async record(_chunk, record) {
      const fails = options.record?.(record)
      if (fails instanceof Error) throw fails
      return fails ?? 'recorded'
    },
    handForward: async () => 0,
    async giveBack(_chunk, how) {
      given.push(how)
      if (given.length <= (options.giveBackFails ?? 0)) throw down()
    },
    reshape: async () => true,
    pause: async () => {},
    erased: async () => new Set(options.erased),
    hash: (_kind, addresses) => addresses.map((address) => (address === null ? null : Number(address.slice(-4)))),
  }
  const stage = plan.stages.find((one) => one.kind === 'send')
  if (!stage) throw new Error('no stage')
  const sender: Sender = {
    runNo: 1,
    timedFrom: 0,
    now: () => 0,
    plan,
    stage,
    ledger,
    provider: type,
    connection: { id: 'c', name: 'Fake' },
    session,
    log: testLog,
    context: () => ({ signal: new AbortController().signal }) as never, // nothing here asks
    retryWaits: [],
    windowMs: 60_000,
    gate: gateOf(options.slice ?? 3),
    postpone: async () => {},
    closing: false,
    stopped: () => false,
    signal: new AbortController().signal,
    progress: () => {},
  }
  await runLane(sender)
  return given
}

test('a call that could not be recorded is looked up only when the lists show it', async () => {
  const vendor = fakeVendor({ lookup: true })
  const full = new Error('could not extend file')
  expect(await work(chunkOf({}), { vendor, batch: 1000, record: () => full })).toEqual([
    { claimed: 3, readyInMs: LAG_MS, doubt: 'dead' },
  ])
  expect(vendor.got).toHaveLength(3)
})

test('rows in doubt that were sent now are looked up anew when that could not be recorded', async () => {
  const vendor = fakeVendor({ lookup: true })
  const chunk = chunkOf({ from: 2, claimed: 2, doubt: 'dead' })
  const given = await work(chunk, { vendor, batch: 1000, record: () => new Error('could not extend file') })
  expect(vendor.got).toHaveLength(2)
  expect(given).toEqual([{ claimed: 2, readyInMs: LAG_MS, doubt: 'dead' }])
})

test('of rows in doubt that certainly did not go out, who asked to be erased meanwhile gets nothing', async () => {
  const vendor = fakeVendor({ lookup: true })
  const records: SliceRecord[] = []
  const record = (one: SliceRecord): undefined => void records.push(one)
  const chunk = chunkOf({ from: 2, claimed: 2, doubt: 'dead' })
  await work(chunk, { vendor, batch: 1000, record, erased: [Number(phone(2).slice(-4)), Number(phone(3).slice(-4))] })
  expect(vendor.got.map(({ to }) => to)).toEqual([phone(1)])
  expect(records.flatMap(({ results }) => results.states)).toEqual(['sent', 'skipped', 'skipped'])
  expect(records.flatMap(({ results }) => results.errorCodes)).toEqual([null, 'person-erased', 'person-erased'])
})

test('who asks to be erased while a chunk goes out slice by slice is left out of the slices to come', async () => {
  const erased: number[] = []
  const vendor = fakeVendor({ lookup: true, after: () => void erased.push(Number(phone(3).slice(-4))) })
  const states: unknown[] = []
  const record = ({ results }: SliceRecord): undefined => void states.push(...results.states)
  await work(chunkOf({ claimed: 1 }), { vendor, batch: 1000, slice: 1, record, erased })
  expect(vendor.got.map(({ to }) => to)).toEqual([phone(1), phone(2)])
  expect(states).toEqual(['sent', 'sent', 'skipped'])
})

test('a window in doubt stays so when handing it back fails at first', async () => {
  const vendor = fakeVendor({
    lookup: true,
    after() {
      throw callFails('unknown')
    },
  })
  const given = await work(chunkOf({}), { vendor, batch: 1, giveBackFails: 1 })
  expect(given).toHaveLength(2)
  for (const how of given) expect(how).toMatchObject({ claimed: 3, doubt: 'dead' })
  expect(given[0]?.readyInMs).toBe(LAG_MS)
  expect(given[1]?.readyInMs).toBeGreaterThanOrEqual(LAG_MS)
})

test('what a slow provider answered is recorded soon, however much more is claimed', async () => {
  const vendor = fakeVendor({
    lookup: true,
    after: async ({ messages }) => {
      const place = people(3).findIndex((row) => row['phone'] === messages[0]?.to)
      await new Promise((resolve) => setTimeout(resolve, place * 600))
    },
  })
  const records: (readonly [number, number])[] = []
  const record = ({ from, to }: SliceRecord): undefined => void records.push([from, to])
  await work(chunkOf({}), { vendor, batch: 1, record })
  expect(records).toEqual([
    [0, 2],
    [2, 3],
  ])
})

test('a window that lost its chunk never says of a row that was called that it was not, also when saying so fails at first', async () => {
  const vendor = fakeVendor({
    lookup: true,
    after({ messages }) {
      if (messages[0]?.to === phone(2)) throw callFails('unknown')
    },
  })
  const given = await work(chunkOf({}), { vendor, batch: 1, record: () => 'fenced', giveBackFails: 1 })
  expect(vendor.got).toHaveLength(3)
  expect(given.map(({ claimed, doubt }) => ({ claimed, doubt }))).toEqual([
    { claimed: 3, doubt: 'dead' },
    { claimed: 3, doubt: 'dead' },
  ])
})
