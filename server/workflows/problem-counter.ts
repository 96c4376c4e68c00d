import { setTimeout as sleep } from 'node:timers/promises'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { WorkflowRow } from './rows.ts'

type Counts = WorkflowItem['problems']
type Judged = Pick<Problem, 'severity'>[]

/** How a draft is judged for a list. */
export interface Judges {
  /** With all that is to be known; may ask databases and take long. */
  thoroughly(row: WorkflowRow, signal: AbortSignal): Promise<Readonly<Judged>>
  /** By the graph alone: what is told is so, but it may not be all. */
  atOnce(row: WorkflowRow): Promise<Readonly<Judged>>
}

export interface CounterLimits {
  /** Drafts that are remembered. */
  readonly kept: number
  /** How long a count stands: a table may change though the draft does not. */
  readonly freshMs: number
  /** So long a list waits for databases before it shows what the graphs alone say. */
  readonly patienceMs: number
  /** Drafts that are judged at the same time. */
  readonly atOnce: number
}

const LIMITS: CounterLimits = { kept: 1000, freshMs: 60_000, patienceMs: 1500, atOnce: 4 }
const TIMEOUT_MS = 20_000

const countsOf = (problems: Readonly<Judged>): Counts => ({
  errors: problems.filter(({ severity }) => severity === 'error').length,
  warnings: problems.filter(({ severity }) => severity === 'warning').length,
})

/** Lets so many pieces of work go on at a time; the others wait for their turn. */
function inTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((turn) => waiting.push(turn))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/**
 * Counts drafts' problems for lists. A draft is judged once a revision and minute, a few at a time, so that a list of many workflows neither
 * floods their databases nor hangs on one that does not answer: then it tells what the graph alone says.
 */
export function problemCounter(judges: Judges, limits: CounterLimits = LIMITS): (row: WorkflowRow) => Promise<Counts> {
  const known = new Map<string, { at: number; counts: Promise<Counts | null> }>()
  const turn = inTurns(limits.atOnce)
  const begin = (row: WorkflowRow, key: string): Promise<Counts | null> => {
    const counts = turn(() => judges.thoroughly(row, AbortSignal.timeout(TIMEOUT_MS))).then(countsOf, () => {
      known.delete(key)
      return null
    })
    known.set(key, { at: Date.now(), counts })
    const oldest = known.keys().next().value
    if (known.size > limits.kept && oldest !== undefined) known.delete(oldest)
    return counts
  }
  return async (row) => {
    const key = `${row.id} ${row.revision}`
    const found = known.get(key)
    const counts = found && Date.now() - found.at < limits.freshMs ? found.counts : begin(row, key)
    const late = sleep(limits.patienceMs, null, { ref: false })
    return (await Promise.race([counts, late])) ?? countsOf(await judges.atOnce(row))
  }
}
