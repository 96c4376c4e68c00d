import { expect, test } from 'vitest'
import { AppError, type SetAnswer, type SetQueries, type SqlConnection } from '#runtime/sdk/index.ts'
import { rememberAnswers } from './remember.ts'

const column = { name: 'count', type: 'integer' as const }
const shape = { columns: [column], parameters: [{ name: 'company', column: null }] }
const connection = (): SqlConnection => ({ dialect: 'postgres' }) as SqlConnection // never asked itself
const sets = (...companies: (number | null)[]) => companies.map((company) => ({ company }))

/** A database that counts how often it is asked, and answers with that number. */
function database(answerTo: (company: unknown, time: number) => SetAnswer | null = (_, time) => ({ values: [time] })) {
  const asked: unknown[][] = []
  const queries: SetQueries = {
    async answer(_connection, query) {
      const companies = query.sets.map(({ company }) => company)
      if (companies.length > 0) asked.push(companies)
      const answers = companies.map((company) => answerTo(company, asked.length))
      const statements = companies.length > 0 ? 1 : 0
      return { columns: [column], answers, statements, databaseMs: 0, ambiguous: 0, strategy: 'lateral' }
    },
  }
  return { asked, queries }
}

const sql = 'select count(*) as count from reviews where company_id = :company'

test('only what was not asked yet is asked, and each set gets its own answer', async () => {
  const { asked, queries } = database((company) => (company === 2 ? null : { values: [Number(company) * 10] }))
  const remembered = rememberAnswers(queries)
  const from = connection()
  expect((await remembered.answer(from, { sql, shape, sets: sets(1, 2) })).answers).toEqual([{ values: [10] }, null])
  const second = await remembered.answer(from, { sql, shape, sets: sets(3, 2, 1, null) })
  expect(second.answers).toEqual([{ values: [30] }, null, { values: [10] }, { values: [0] }])
  expect((await remembered.answer(from, { sql, shape, sets: sets(3, 1) })).statements).toBe(0)
  expect(asked).toEqual([
    [1, 2],
    [3, null],
  ])
})

test('another statement and another connection are asked themselves', async () => {
  const { asked, queries } = database()
  const remembered = rememberAnswers(queries)
  const from = connection()
  await remembered.answer(from, { sql, shape, sets: sets(1) })
  await remembered.answer(from, { sql: `${sql} and true`, shape, sets: sets(1) })
  await remembered.answer(connection(), { sql, shape, sets: sets(1) })
  expect(asked).toEqual([[1], [1], [1]])
})

test('no answer is given again that is older than said', async () => {
  let time = 0
  const { asked, queries } = database()
  const remembered = rememberAnswers(queries, { keepMs: 1_000, now: () => time })
  const from = connection()
  const ask = async (): Promise<unknown> => (await remembered.answer(from, { sql, shape, sets: sets(1) })).answers
  expect(await ask()).toEqual([{ values: [1] }])
  time = 999
  expect(await ask()).toEqual([{ values: [1] }])
  time = 1_000
  expect(await ask()).toEqual([{ values: [2] }])
  expect(asked).toHaveLength(2)
})

test('what failed is asked again, also where the whole question failed', async () => {
  let broken = true
  const error = new AppError('query-failed', { detail: '' })
  const { asked, queries } = database((_, time) => (time === 1 ? { error } : { values: [time] }))
  const flaky: SetQueries = {
    answer: (...question) => (broken ? Promise.reject(new Error('down')) : queries.answer(...question)),
  }
  const remembered = rememberAnswers(flaky)
  const from = connection()
  const ask = () => remembered.answer(from, { sql, shape, sets: sets(1) })
  await expect(ask()).rejects.toThrow('down')
  broken = false
  expect((await ask()).answers).toEqual([{ error }])
  expect((await ask()).answers).toEqual([{ values: [2] }])
  expect(asked).toHaveLength(2)
})

test('it never keeps more than it may', async () => {
  const few = database()
  const remembered = rememberAnswers(few.queries, { most: 2 })
  const from = connection()
  await remembered.answer(from, { sql, shape, sets: sets(1, 2, 3) })
  await remembered.answer(from, { sql, shape, sets: sets(1, 2, 3) })
  expect(few.asked).toEqual([[1, 2, 3], [3]])

  const long = database((company) => ({ values: [String(company).repeat(60)] }))
  const short = rememberAnswers(long.queries, { mostChars: 100 })
  await short.answer(from, { sql, shape, sets: sets(1, 2) })
  await short.answer(from, { sql, shape, sets: sets(1, 2) })
  expect(long.asked).toEqual([[1, 2], [2]])
})
