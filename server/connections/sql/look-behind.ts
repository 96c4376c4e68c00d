import { AppError } from '#runtime/sdk/index.ts'
import { keyOf, NO_USES, type Uses } from './uses.ts'

/** What a database says of names: what is harmful, and what is to be looked behind next. */
export interface Behind {
  /** A harmful one, in words: `count_up(): INSERT`; null: none. */
  readonly found: string | null
  readonly next: readonly Uses[]
}

/** A cleared statement is asked about again after this, in ms: functions can be changed. */
const CLEARED_MS = 60_000
const MOST_CLEARED = 500
/** More names than this, through all views and functions, are not known to be harmless. */
const MOST_NAMES = 5_000

function merged(all: readonly Uses[]): Uses {
  return {
    functions: all.flatMap(({ functions }) => functions),
    relations: all.flatMap(({ relations }) => relations),
    operators: all.flatMap(({ operators }) => operators),
    types: all.flatMap(({ types }) => types),
    attributes: all.flatMap(({ attributes }) => attributes),
  }
}

/** What was not seen yet. */
function fresh(uses: Uses, seen: Set<string>): Uses {
  const once = <T>(list: readonly T[], key: (one: T) => string): T[] =>
    list.filter((one) => {
      const known = seen.has(key(one))
      seen.add(key(one))
      return !known
    })
  return {
    functions: once(uses.functions, (one) => `f ${keyOf(one)}`),
    relations: once(uses.relations, (one) => `r ${keyOf(one)}`),
    operators: once(uses.operators, (one) => `o ${keyOf(one)}`),
    types: once(uses.types, (one) => `t ${one}`),
    attributes: once(uses.attributes, (one) => `a ${one}`),
  }
}

const isEmpty = (uses: Uses): boolean => Object.values(uses).every((list) => list.length === 0)

/** Looks behind the names of statements, through views and functions, and remembers for a minute which statements are harmless. */
export class LookBehind {
  readonly #cleared = new Map<string, number>()

  isCleared(sql: string): boolean {
    const at = this.#cleared.get(sql)
    return at !== undefined && performance.now() - at < CLEARED_MS
  }

  /**
   * @param ask what the database says of names
   * @throws AppError `sql-forbidden` naming what is harmful
   */
  async clear(sql: string, uses: Uses, ask: (uses: Uses) => Promise<Behind>): Promise<void> {
    const seen = new Set<string>()
    for (let now = fresh(uses, seen); !isEmpty(now);) {
      if (seen.size > MOST_NAMES) throw new AppError('sql-too-deep', {})
      const { found, next } = await ask(now)
      if (found !== null) throw new AppError('sql-forbidden', { found })
      now = fresh(merged([NO_USES, ...next]), seen)
    }
    if (this.#cleared.size >= MOST_CLEARED) this.#cleared.clear()
    this.#cleared.set(sql, performance.now())
  }
}
