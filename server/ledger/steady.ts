import { setTimeout as sleep } from 'node:timers/promises'
import type { SendLedger } from '#runtime/run/ledger.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { isDatabaseDown } from '#server/database/is-down.ts'

/** Before each further try of a record, ms. What is known of a call must not be lost with one connection. */
const TRIES_MS = [50, 200, 500, 1_000, 2_000]
const UNIQUE_VIOLATION = '23505'
/** The database undid the statement or transaction whole: it may be tried again. */
const DEADLOCK = '40P01'

/**
 * The tables, where a connection may break at any moment. A lost connection is a passing trouble, no fault of a run. A record is tried
 * again: if the first try was committed and only its answer got lost, the messages are there already (their key refuses a second row) or
 * the chunk is closed, so nothing is counted twice.
 */
export function steadyLedger(ledger: SendLedger, triesMs: readonly number[] = TRIES_MS): SendLedger {
  return {
    ...ledger,
    take: (options) => passing(ledger.take(options)),
    freeze: (chunk, options) => passing(ledger.freeze(chunk, options)),
    begin: (chunk, call) => passing(ledger.begin(chunk, call)),
    calls: (chunk, from) => passing(ledger.calls(chunk, from)),
    erased: () => passing(ledger.erased()),
    reshape: (taken, made) => passing(ledger.reshape(taken, made)),
    record: (chunk, record) => passing(again(() => ledger.record(chunk, record), { triesMs, written: 'recorded' })),
    // All are guarded by what they change: a second time changes nothing.
    handForward: (chunk, known) => passing(again(() => ledger.handForward(chunk, known), { triesMs, written: 0 })),
    giveBack: (chunk, options) => passing(again(() => ledger.giveBack(chunk, options), { triesMs, written: undefined })),
    pause: (reason) => passing(again(() => ledger.pause(reason), { triesMs, written: undefined })),
  }
}

/** `written`: what it comes to when an earlier try was committed. */
async function again<T>(work: () => Promise<T>, { triesMs, written }: { triesMs: readonly number[]; written: T }): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries > 0 && codeOf(error) === UNIQUE_VIOLATION) return written
      const wait = triesMs[tries]
      if (wait === undefined || !(isDatabaseDown(error) || codeOf(error) === DEADLOCK)) throw error
      await sleep(wait)
    }
  }
}

async function passing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('part-down', { part: 'PostgreSQL', detail }, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
