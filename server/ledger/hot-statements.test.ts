import { globSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RUN_TABLES } from '#server/database/tenancy.ts'
import { foldRun } from '#server/totals/fold.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { ask, channel, text } from '#server/worker/test/nodes.ts'
import { chain, people, phone } from '#server/worker/test/people.ts'
import { MONTHLY, makePartitions, monthsThere } from './partitions.ts'
import { monthOf, monthRange } from './run-no.ts'

// Every statement that real runs send to the run tables is written down, and judged: it names its run, and it touches one month's
// partitions, however many there are. That is what lets these tables be distributed by run, and old months lie without a cost.

interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}

let bench: Bench
const sent = new Map<string, Sent>()
// As a property with a function, which it is: each of its overloads begins with the text, or with an object that has it.
const prototype = pg.Client.prototype as unknown as { query: (this: pg.Client, first: unknown, ...rest: unknown[]) => unknown }
const own = prototype.query
const aboutRuns = new RegExp(`\\b(from|join|into|update)\\s+(${RUN_TABLES.join('|')})\\b`)

/** Notes what goes to the database, whoever sends it. */
function listen(): void {
  prototype.query = function noted(first, ...rest) {
    const config = (typeof first === 'string' ? { text: first } : first) as { text?: unknown; values?: unknown[] }
    const values = config.values ?? (Array.isArray(rest[0]) ? rest[0] : [])
    if (typeof config.text === 'string' && aboutRuns.test(config.text) && !sent.has(config.text))
      sent.set(config.text, { text: config.text, values })
    return own.call(this, first, ...rest)
  }
}

beforeAll(async () => {
  bench = await Bench.open()
  const month = monthOf(new Date())
  await makePartitions(bench.database.pool, [month - 3, month - 2, month - 1])
  listen()
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk, { polls: true }))
  bench.providers.set('sms', openFake(fakeVendor()))
  await bench.engine()
  const plan = chain(
    { rows: people(30) },
    {
      between: [
        ['ask', ask({ rows: 0 })],
        ['text', text],
      ],
      fallback: ['sms', channel('sms')],
    },
  )
  const runId = await bench.start(plan)
  await bench.until(runId, ['settling', 'completed'])
  talk.reports.set(
    'all',
    talk.got.map(({ key, to }) => ({
      key,
      providerId: null,
      state: to === phone(2) ? 'failed' : 'delivered',
      code: to === phone(2) ? '3104' : null,
      detail: null,
      class: null,
      at: '2026-11-26T03:00:00.000Z',
    })),
  )
  const { run_no: runNo } = await bench.until(runId, ['completed'])
  await foldRun(bench.database.pool, runNo)
  await bench.rest()
  prototype.query = own
}, 90_000)
afterAll(async () => {
  prototype.query = own
  await bench.close()
})

test('every hot statement names its run', () => {
  expect(sent.size).toBeGreaterThan(12)
  for (const table of ['run_chunk', 'messages', 'run_answers', 'run_call', 'run_report_counts'])
    expect(
      [...sent.keys()].some((one) => one.includes(table)),
      table,
    ).toBe(true)
  expect([...sent.keys()].filter((one) => !/\brun_no\b/.test(one))).toEqual([])
})

test('every hot statement touches the partitions of one month', async () => {
  expect(await monthsThere(bench.database.pool)).toHaveLength(6)
  const current = monthRange(monthOf(new Date())).name
  const elsewhere: Record<string, string[]> = {}
  for (const { text: statement, values } of sent.values()) {
    const touched = await touchedBy(statement, values)
    const wrong = touched.filter((name) => MONTHLY.some((table) => name.startsWith(`${table.name}_2`)) && !name.endsWith(current))
    if (wrong.length > 0) elsewhere[statement] = wrong
  }
  expect(elsewhere).toEqual({})
})

test('no statement in the sources is about runs without naming one', () => {
  const files = globSync('server/**/*.ts').filter((file) => !/\.test\.ts$|\/test\/|\/migrations\//.test(file))
  const literals = /`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'/g
  const found = files.flatMap((file) =>
    (readFileSync(file, 'utf8').match(literals) ?? [])
      .filter((literal) => aboutRuns.test(literal))
      .map((literal) => ({ file, literal })),
  )
  expect(found.length).toBeGreaterThan(40)
  expect(found.filter(({ literal }) => !/\brun_no\b/.test(literal))).toEqual([])
})

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly 'Actual Loops'?: number
  readonly Plans?: readonly PlanNode[]
}

/** What a repeated insert says: its rows are there already. */
const UNIQUE_VIOLATION = '23505'

/** Relations that a statement visits: it is run once more, and undone. One that cannot be repeated is only planned. */
async function touchedBy(statement: string, values: readonly unknown[]): Promise<string[]> {
  const visited = await explain(`explain (analyze, format json) ${statement}`, values).catch((error: unknown) => {
    if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) return null
    throw error
  })
  const plan = visited ?? (await explain(`explain (format json) ${statement}`, values))
  const found = new Set<string>()
  const walk = (node: PlanNode): void => {
    if (node['Relation Name'] !== undefined && (node['Actual Loops'] ?? 1) > 0) found.add(node['Relation Name'])
    for (const inner of node.Plans ?? []) walk(inner)
  }
  walk(plan)
  return [...found]
}

async function explain(text: string, values: readonly unknown[]): Promise<PlanNode> {
  const client = await bench.database.pool.connect()
  try {
    // Joins of another kind would go over all months if a statement let them: then it depends on the planner's mood.
    await client.query('begin; set local enable_nestloop = off')
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(text, [...values])
    return rows[0]?.['QUERY PLAN'][0].Plan ?? {}
  } finally {
    await client.query('rollback')
    client.release()
  }
}
