import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FakeCall, Fault } from '#nodes/providers/solapi/fake.ts'
import { expectedWeekly } from './expected-messages.ts'
import { Acceptance, weeklyReport, type Run } from './harness.ts'

// kill -9 of the worker process while its calls to SOLAPI hang, each at another point; another worker goes on.

let acceptance: Acceptance
beforeAll(async () => void (acceptance = await Acceptance.open()))
afterAll(() => acceptance?.close())

/** Where the calls of a group stand when the worker dies: [method, what is asked, was it done?] */
const POINTS = [
  ['PUT', 'messages', 'before'],
  ['PUT', 'messages', 'after'],
  ['POST', 'send', 'before'],
  ['POST', 'send', 'after'],
] as const

/** Lets each of the first groups hang at a point of its own. */
function hangEach(): {
  points: Map<string, (typeof POINTS)[number]>
  hanging: () => number
  fault: (call: FakeCall) => Fault | null
} {
  const points = new Map<string, (typeof POINTS)[number]>()
  const hung = new Set<string>()
  return {
    points,
    hanging: () => hung.size,
    fault({ method, path }) {
      const [, id = '', what = ''] = /\/groups\/([^/]+)\/(messages|send)$/.exec(path) ?? []
      if (id === '' || method === 'GET') return null
      const next = POINTS[points.size]
      if (!points.has(id) && next) points.set(id, next)
      const point = points.get(id)
      if (point?.[0] !== method || point[1] !== what) return null
      hung.add(id)
      return { when: point[2], what: 'hang' }
    },
  }
}

/** The time for which a call that was cut off may still be on its way (20 s at SOLAPI) is over. */
async function graceIsOver(run: Run): Promise<void> {
  const { pool } = acceptance.server.database
  const doubtful = async () =>
    (await pool.query('select 1 from run_chunk where run_no = $1 and state = 0 and doubt = 1', [run.run_no])).rowCount
  await expect.poll(doubtful, { timeout: 30_000 }).toBe(POINTS.length)
  await pool.query('update run_chunk set ready_at = now() where run_no = $1 and doubt = 1', [run.run_no])
}

test(
  'kill -9 between making a group, filling it, sending it and writing it down: everyone gets it once',
  { timeout: 120_000 },
  async () => {
    const { fake } = acceptance
    const expected = expectedWeekly(acceptance.rows, acceptance.now)
    const { points, hanging, fault } = hangEach()
    fake.fault = fault
    const first = await acceptance.child()
    const runId = await acceptance.start(weeklyReport(await acceptance.solapi()))
    await expect.poll(hanging, { timeout: 30_000 }).toBe(POINTS.length)
    await acceptance.stopChild(first, 'SIGKILL')
    expect(fake.arrived).toHaveLength(1000) // of the group whose answer was lost
    fake.fault = null

    const second = await acceptance.child()
    await graceIsOver(await acceptance.run(runId))
    const run = await acceptance.until(runId, ['settling'])
    await acceptance.stopChild(second)

    expect(fake.arrived.map(({ to }) => to).toSorted()).toEqual(expected.map(({ to }) => to).toSorted())
    expect(run.outcomes).toEqual({ skipped: 54, sent: expected.length })
    expect(run.law).toMatchObject({ holds: true, broken: [] })
    for (const [id, [, , when]] of points) {
      const sent = points.get(id)?.[1] === 'send' && when === 'after'
      expect(fake.groups.get(id).status).toBe(sent ? 'SENDING' : 'DELETED')
    }
  },
)
