import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindParameters } from '#nodes/sql/bind-parameters.ts'
import { compileQuery } from '#runtime/queries/visual/compile.ts'
import type { QueryCondition, QueryConditions, QueryRelation, VisualQuery } from '#schemas/visual-query.ts'
import { testServers, type OpenServer } from './test/each-server.ts'
import { allAlong, plainIds } from './test/plain-query.ts'
import { COMPANIES, fillShop, ROWS, shopCatalog, WAYS } from './test/query-shop.ts'

// Friday 27 November 2026, 00:30 in Seoul.
const STARTED = '2026-11-26T15:30:00.000Z'
const place = { now: Date.parse(STARTED), timezone: 'Asia/Seoul', wall: 'Asia/Seoul' }
const join = (id: string, relation: QueryRelation, from?: string) => ({ id, relation, ...(from !== undefined && { from }) })
const JOINS = [
  join('company', WAYS.company),
  join('referrer', WAYS.referrer),
  join('referrers_company', WAYS.company, 'referrer'),
]
const customers = (conditions: QueryConditions): VisualQuery => ({
  table: 'customers',
  joins: JOINS,
  columns: [{ column: 'id', as: 'id' }],
  conditions,
  order: [{ column: 'id' }],
})
const all = (...items: QueryConditions['items']): QueryConditions => ({ join: 'all', items })

/** The same numbers every time (mulberry32). */
function dice(seed: number) {
  let state = seed
  return <T>(from: readonly T[]): T => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return from[((t ^ (t >>> 14)) >>> 0) % from.length] as T // never empty
  }
}

const c = (column: string, is: QueryCondition['is'], value?: string) => ({ column, is, ...(value !== undefined && { value }) })
const ON: Readonly<Record<string, readonly QueryCondition[]>> = {
  customers: [
    c('name', 'equals', 'kim'), c('name', 'contains', '%'), c('name', 'contains', '_'), c('name', 'starts-with', 'o!'), c('name', 'not-contains', 'e'),
    c('name', 'one-of', 'lee,박'), c('plan', 'equals', 'pro'), c('plan', 'not-equals', 'pro'), c('plan', 'is-null'), c('plan', 'is-empty'), c('plan', 'not-empty'),
    c('company', 'at-least', '3'), c('company', 'not-null'), c('birthday', 'below', '1985-01-01'), { ...c('birthday', 'between', '1975-03-01'), to: '1990-12-31' },
    c('birthday', 'anniversary'), c('opted', 'is-true'), c('opted', 'is-false'),
    { ...c('seen', 'within'), range: { in: 'last', count: 7, unit: 'day' } }, { ...c('seen', 'within'), range: { in: 'calendar', unit: 'day', plus: 0 } },
    { ...c('seen', 'within'), range: { in: 'last', count: 24, unit: 'hour' } }, { ...c('birthday', 'within'), range: { in: 'before', count: 40, unit: 'year' } },
  ],
  [COMPANIES]: [c('이름', 'equals', '가게'), c("';--", 'above', '20'), c('이름', 'not-equals', '나무')],
  reviews: [
    c('rating', 'below', '3'), c('rating', 'not-equals', '5'), c('rating', 'one-of', '1,4'), c('note', 'contains', '100%'), c('note', 'is-empty'),
    { ...c('at', 'within'), range: { in: 'last', count: 7, unit: 'day' } }, { ...c('at', 'within'), range: { in: 'calendar', unit: 'week', plus: -1 } },
    { ...c('at', 'within'), range: { in: 'calendar', unit: 'month', plus: 0 } }, { ...c('at', 'within'), range: { in: 'before', count: 10, unit: 'day' } },
  ],
  tags: [c('label', 'equals', 'vip'), c('label', 'one-of', 'new,old')],
  order: [c('total', 'at-least', '1000'), c('total', 'is-null'), c('region', 'equals', 'kr')],
  lines: [c('product', 'equals', 'cup')],
} // prettier-ignore
const ALONG: Readonly<Record<string, readonly (readonly QueryRelation[])[]>> = {
  customers: [[WAYS.company, WAYS.reviews], [WAYS.tagged, WAYS.tag], [WAYS.orders], [WAYS.orders, WAYS.lines], [WAYS.referred], [WAYS.company, WAYS.people]],
  [COMPANIES]: [[WAYS.reviews], [WAYS.people]],
  order: [[WAYS.lines]],
} // prettier-ignore

function randomGroup(roll: ReturnType<typeof dice>, { table, depth }: { table: string; depth: number }): QueryConditions {
  const items = Array.from({ length: roll([1, 1, 2, 3]) }, (): QueryConditions['items'][number] => {
    const kind = roll(['own', 'own', 'joined', 'group', 'related'])
    if (kind === 'group' && depth > 0) return randomGroup(roll, { table, depth: depth - 1 })
    const ways = ALONG[table]
    if (kind === 'related' && depth > 0 && ways) {
      const along = [...roll(ways)]
      const where = randomGroup(roll, { table: along.at(-1)?.to.table ?? '', depth: depth - 1 })
      return {
        match: roll(['some', 'none', 'at-least', 'at-most'] as const),
        count: roll([0, 1, 2, 3]),
        along,
        where: roll([0, 1, 1]) ? where : all(),
      }
    }
    // Joins are known to the conditions on the person, not to those on related rows.
    if (kind === 'joined' && table === 'customers' && depth === 2)
      return roll([
        { of: 'company', ...roll(ON[COMPANIES] ?? []) },
        { of: 'referrer', ...roll(ON.customers ?? []) },
        { of: 'referrers_company', ...roll(ON[COMPANIES] ?? []) },
      ])
    return roll(ON[table] ?? [])
  })
  return { join: roll(['all', 'any'] as const), items }
}

describe.each(testServers)('$name', ({ skip, dialect, open }) => {
  let server: OpenServer
  const catalog = shopCatalog(dialect)
  beforeAll(async () => {
    if (!skip) server = await open(fillShop(dialect))
  })
  afterAll(() => server?.close())

  async function ask(query: VisualQuery) {
    const { sql, countSql, parameters: given, problems } = compileQuery(query, catalog)
    expect(problems).toEqual([])
    const { connection } = server
    const run = { startedAt: STARTED, previousRunAt: null, trigger: {} }
    const parameters = await bindParameters(given, { connection, context: { run, timezone: 'Asia/Seoul' } })
    const { rows, columns } = await connection.query({ sql: sql ?? '', parameters })
    const counted = await connection.query({ sql: countSql ?? '', parameters })
    expect(Number(counted.rows[0]?.[0])).toBe(rows.length)
    return { rows, columns, sql }
  }
  const ids = async (conditions: QueryConditions) => (await ask(customers(conditions))).rows.map(([id]) => id)

  test.skipIf(skip)('every kind of condition alone says what plain reading says', async () => {
    for (const condition of ON.customers ?? []) {
      const query = customers(all(condition))
      expect(await ids(all(condition)), JSON.stringify(condition)).toEqual(plainIds(query, place))
    }
  })

  test.skipIf(skip)('any query, put together by chance, finds whom plain reading finds, and each person once', async () => {
    const roll = dice(11)
    let found = 0
    for (let i = 0; i < 150; i++) {
      const conditions = randomGroup(roll, { table: 'customers', depth: 2 })
      const expected = plainIds(customers(conditions), place)
      expect(await ids(conditions), JSON.stringify(conditions)).toEqual(expected)
      if (expected.length > 0 && expected.length < 40) found++
    }
    expect(found).toBeGreaterThan(60)
  })

  test.skipIf(skip)('joined columns, aggregates, order and limit', async () => {
    const { rows, columns } = await ask({
      table: 'customers',
      joins: JOINS,
      columns: [
        { column: 'id', as: 'id' },
        { column: 'name', as: '고객 "이름" `:x` \'?' },
        { of: 'referrers_company', column: '이름', as: '소개한 회사' },
        { aggregate: 'count', along: [WAYS.company, WAYS.reviews], where: all(c('rating', 'below', '3')), as: 'bad' },
        { aggregate: 'sum', along: [WAYS.orders], column: 'total', as: 'total' },
        { aggregate: 'highest', along: [WAYS.orders], column: 'no', as: 'no' },
        { aggregate: 'latest', along: [WAYS.company, WAYS.reviews], column: 'note', by: 'at', as: 'note' },
      ],
      order: [{ output: 'total', descending: true }],
      limit: 12,
    })
    const byId = new Map((ROWS.customers ?? []).map((row) => [row.id, row]))
    const sum = (row: (typeof ROWS)[string][number]) => {
      const totals = allAlong(row, [WAYS.orders]).flatMap(({ total }) => (typeof total === 'number' ? [total] : []))
      return totals.length === 0 ? null : totals.reduce((a, b) => a + b)
    }
    expect(columns[1]?.name).toBe('고객 "이름" `:x` \'?')
    const sums = (ROWS.customers ?? []).map(sum).toSorted((a, b) => (b ?? -1) - (a ?? -1))
    expect(rows.map((row) => (row[4] === null ? null : Number(row[4])))).toEqual(sums.slice(0, 12))
    for (const [id, name, company, bad, total, no, note] of rows) {
      const row = byId.get(Number(id)) ?? {}
      const reviews = allAlong(row, [WAYS.company, WAYS.reviews])
      const latest = reviews.toSorted((a, b) =>
        String(b.at) === String(a.at) ? Number(b.id) - Number(a.id) : String(b.at) < String(a.at) ? -1 : 1,
      )[0]
      const numbers = allAlong(row, [WAYS.orders]).map((order) => Number(order.no))
      expect([name, company, Number(bad), total === null ? null : Number(total), no === null ? null : Number(no), note]).toEqual([
        row.name,
        allAlong(row, [WAYS.referrer, WAYS.company])[0]?.이름 ?? null,
        reviews.filter(({ rating }) => typeof rating === 'number' && rating < 3).length,
        sum(row),
        numbers.length === 0 ? null : Math.max(...numbers),
        latest?.note ?? null,
      ])
    }
  })

  test.skipIf(skip)('a value never becomes SQL', async () => {
    for (const value of ["' or 1=1 --", '`; drop table customers; #', ':id', '\\', '" or ""="', '%'])
      expect(await ids(all(c('name', 'equals', value))), value).toEqual([])
  })

  test.skipIf(skip)('the sentence that a person says, as it can be read', async () => {
    const query = customers(
      all(c('plan', 'equals', 'pro'), {
        match: 'some',
        along: [WAYS.company, WAYS.reviews],
        where: all(c('rating', 'below', '3'), { ...c('at', 'within'), range: { in: 'last', count: 7, unit: 'day' } }),
      }),
    )
    const { sql, rows } = await ask({ ...query, joins: [] })
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(([id]) => id)).toEqual(plainIds(query, place))
    const plain = sql?.replaceAll(/["`]회사 [^.]*?["`]+ as /g, 'companies as ').replaceAll(/["`]/g, '')
    expect(plain).toMatchInlineSnapshot(`
      "select
        customers.id
      from customers
      where customers.plan = :plan
        and exists (
          select 1
          from companies as 회사_들_
          join reviews on reviews.company = 회사_들_.id
          where 회사_들_.id = customers.company
            and reviews.rating < :rating
            and (reviews.at >= :at_from and reviews.at < :at_to)
        )
      order by customers.id"
    `)
  })
})
