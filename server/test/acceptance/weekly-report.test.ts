import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { StoredMessage } from '#nodes/providers/solapi/fake/groups.ts'
import { expectedWeekly, type Expected } from './expected-messages.ts'
import { Acceptance, weeklyReport } from './harness.ts'

// The weekly report over 5,000 customers, through all parts: API, worker, database, provider.

let acceptance: Acceptance
let expected: Expected[]
beforeAll(async () => {
  acceptance = await Acceptance.open()
  expected = expectedWeekly(acceptance.rows, acceptance.now)
  await acceptance.work()
})
afterEach(() => void (acceptance.fake.fault = null))
afterAll(() => acceptance?.close())

const sum = (outcomes: Record<string, number>) => Object.values(outcomes).reduce((all, one) => all + one, 0)

/** Does not use KakaoTalk. */
const noKakao = ({ to }: { to: string }) => Number(to.slice(-2)) % 10 === 7

test('over the sandbox: every recipient has one outcome, within seconds', { timeout: 120_000 }, async () => {
  const started = performance.now()
  const runId = await acceptance.start(weeklyReport('sandbox'))
  const run = await acceptance.until(runId, ['settling', 'completed'])
  expect(performance.now() - started).toBeLessThan(15_000)
  const closed = await acceptance.until(runId, ['completed'])
  expect(run.total).toBe(5000)
  expect(sum(closed.outcomes)).toBe(5000)
  expect(closed.outcomes['skipped']).toBe(54)
  expect(closed.law).toMatchObject({ holds: true, broken: [] })
})

test(
  'over SOLAPI: everyone gets the right text once, and who has no KakaoTalk gets it as LMS',
  { timeout: 120_000 },
  async () => {
    const { fake, server } = acceptance
    const noted: Promise<boolean>[] = []
    fake.fault = ({ method, path }) => {
      const [, id = ''] = /\/groups\/([^/]+)\/messages$/.exec(path) ?? []
      if (method === 'PUT') noted.push(isNoted(id))
      return null
    }
    async function isNoted(id: string): Promise<boolean> {
      const { rowCount } = await server.database.pool.query('select 1 from run_call where handle = $1', [id])
      return rowCount === 1
    }
    const runId = await acceptance.start(weeklyReport(await acceptance.solapi()))
    await acceptance.until(runId, ['settling'])
    expect(fake.arrived).toHaveLength(expected.length)
    fake.report((message) => (message.type === 'ATA' && noKakao(message) ? '3104' : '4000'))
    const refused = expected.filter(noKakao)
    const goOn = refused.filter(({ fitsSms }) => fitsSms)
    const wanted = expected.length + goOn.length
    await expect.poll(() => fake.arrived.length, { timeout: 30_000 }).toBe(wanted)
    fake.report((message) => (message.statusCode === '3000' ? '4000' : null))
    const run = await acceptance.until(runId, ['completed'])

    expect(textsOf(fake.arrived, 'ATA')).toEqual(new Map(expected.map(({ to, alimtalk }) => [to, alimtalk])))
    expect(textsOf(fake.arrived, 'LMS')).toEqual(new Map(goOn.map(({ to, lms }) => [to, lms])))
    expect(fake.arrived).toHaveLength(wanted)
    expect(goOn.length).toBeGreaterThan(400)
    expect(refused.length).toBeGreaterThan(goOn.length)

    expect(run).toMatchObject({ total: 5000, law: { holds: true, broken: [] } })
    expect(run.outcomes).toEqual({ skipped: 54, delivered: wanted - refused.length, failed: refused.length - goOn.length })
    expect(sum(run.outcomes)).toBe(5000)

    const slices = [...fake.groups.all.values()].map(({ customFields }) => customFields['slice'] ?? '')
    expect(new Set(slices).size).toBe(slices.length)
    for (const slice of slices) expect(slice).toMatch(/^[0-9a-z]+-\d+-\d+-\d+$/)
    // Committed on our side before a single message was in the group.
    expect(noted.length).toBe(slices.length)
    expect(await Promise.all(noted)).toEqual(noted.map(() => true))
  },
)

test('a query that finds several rows for a parameter takes the first, and how often that was is written down', async () => {
  const owners = `select c.id, c.contacts as mobile, c.company_id, c.company_name, c.opted_out_at from customers c where c.id <= 40`
  const reviews = `select 1 as total_reviews, 4.5 as average_rating, 0 as needs_reply, 'x' as week_label from reviews where company_id = :company_id`
  const runId = await acceptance.start(weeklyReport('sandbox', { sql: { owners, reviews } }))
  const run = await acceptance.until(runId, ['settling', 'completed'])
  const { rows } = await acceptance.server.database.pool.query<{ ambiguous: number }>(
    'select sum(ambiguous)::int as ambiguous from run_read where run_no = $1',
    [run.run_no],
  )
  const reviewsOf = Map.groupBy(acceptance.rows.reviews, ([, company]) => company)
  const several = Array.from({ length: 40 }, (_, index) => index + 1).filter((id) => (reviewsOf.get(id)?.length ?? 0) > 1)
  expect(several.length).toBeGreaterThan(10)
  expect(rows).toEqual([{ ambiguous: several.length }])
})

/** Text by number; a number that got two of a kind is an error. */
function textsOf(arrived: readonly StoredMessage[], type: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const message of arrived) {
    if (message.type !== type) continue
    expect(texts.has(message.to), `${message.to} got two`).toBe(false)
    texts.set(message.to, message.text)
  }
  return texts
}
