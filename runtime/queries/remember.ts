import type { SetAnswer, SetQueries, SqlConnection, Value } from '#runtime/sdk/index.ts'

interface Limits {
  /** How old an answer may be that is given again, ms. */
  readonly keepMs?: number
  /** Most answers of one statement. */
  readonly most?: number
  /** Most characters of all answers of one statement. */
  readonly mostChars?: number
  /** ms, of a clock that never goes back. */
  readonly now?: () => number
}

/** Long enough for the thousands of chunks of a run, short enough that nobody calls it old. */
const KEEP_MS = 60_000

/**
 * The same queries, where a question that was asked a moment ago is not asked again: people of one company are spread over all chunks of a
 * run, and each chunk would ask for every company anew. What failed is asked again. For one run and one process; an answer is at most
 * `keepMs` old (docs/decisions/0171-answers-of-a-minute.md).
 */
export function rememberAnswers(
  queries: SetQueries,
  { keepMs = KEEP_MS, most = 5_000, mostChars = 1_000_000, now = () => performance.now() }: Limits = {},
): SetQueries {
  // A connection that is edited is opened anew: nobody finds the old one's answers.
  const kept = new WeakMap<SqlConnection, Map<string, Remembered>>()
  const rememberedOf = (connection: SqlConnection, sql: string): Remembered => {
    const statements = kept.get(connection) ?? new Map<string, Remembered>()
    kept.set(connection, statements)
    const remembered = statements.get(sql) ?? new Remembered(keepMs, most, mostChars)
    statements.set(sql, remembered)
    return remembered
  }
  return {
    ...queries,
    async answer(connection, query, signal) {
      const remembered = rememberedOf(connection, query.sql)
      remembered.forgetOld(now())
      const keys = query.sets.map((set) => JSON.stringify(query.shape.parameters.map(({ name }) => set[name] ?? null)))
      const answers = keys.map((key) => remembered.get(key))
      const missing = answers.flatMap((answer, index) => (answer === undefined ? [index] : []))
      const asked = await queries.answer(connection, { ...query, sets: missing.map((index) => query.sets[index] ?? {}) }, signal)
      missing.forEach((index, at) => {
        const answer = asked.answers[at] ?? null
        answers[index] = answer
        remembered.keep(keys[index] ?? '', answer, now())
      })
      return { ...asked, answers: answers.map((answer) => answer ?? null) }
    },
  }
}

/** Answers of one statement by their parameters, all forgotten together. */
class Remembered {
  readonly #keepMs: number
  readonly #most: number
  readonly #mostChars: number
  readonly #answers = new Map<string, SetAnswer | null>()
  #chars = 0
  #since = 0

  constructor(keepMs: number, most: number, mostChars: number) {
    this.#keepMs = keepMs
    this.#most = most
    this.#mostChars = mostChars
  }

  forgetOld(now: number): void {
    if (now - this.#since < this.#keepMs) return
    this.#answers.clear()
    this.#chars = 0
  }

  get(key: string): SetAnswer | null | undefined {
    return this.#answers.get(key)
  }

  keep(key: string, answer: SetAnswer | null, now: number): void {
    if (answer !== null && 'error' in answer) return
    const chars = key.length + (answer ? charsOf(answer.values) : 0)
    if (this.#answers.size >= this.#most || this.#chars + chars > this.#mostChars) return
    if (this.#answers.size === 0) this.#since = now
    this.#answers.set(key, answer)
    this.#chars += chars
  }
}

function charsOf(values: readonly Value[]): number {
  let chars = 0
  for (const value of values) chars += typeof value === 'string' ? value.length : 8
  return chars
}
