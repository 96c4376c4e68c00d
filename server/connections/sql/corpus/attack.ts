import { expect } from 'vitest'
import { AppError, type SqlConnection } from '#runtime/sdk/index.ts'

/** A refusal of the guard, or of the server because the transaction reads only or the text means nothing to it. */
const REFUSED = /^sql-(empty|error|not-a-query|several-statements|forbidden|too-long|too-deep|parameter-missing)$/
/** The attacks sleep for 2 s. */
const QUICK_MS = 1200

async function attempt(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
    return 'went through'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

async function readAll(connection: SqlConnection, sql: string): Promise<void> {
  const rows = await connection.stream({ sql, parameters: {} })
  for await (const _ of rows) void _
}

/**
 * Tries a statement in each way that there is to run one. It must be refused, or nothing may be different afterwards, and no time be lost.
 * @param unchanged fails where anything is not as it was at first
 * @returns whether each way was refused
 */
export async function attack(connection: Required<SqlConnection>, sql: string, unchanged: () => Promise<void>): Promise<boolean> {
  const started = performance.now()
  const ways = [
    await attempt(() => connection.describe(sql)),
    await attempt(() => connection.explain({ sql, parameters: {} })),
    await attempt(() => connection.query({ sql, parameters: {} }, { timeoutMs: 5000 })),
    await attempt(() => readAll(connection, sql)),
  ]
  expect(performance.now() - started, 'time taken in ms').toBeLessThan(QUICK_MS)
  await unchanged()
  for (const way of ways) if (way !== 'went through') expect(way).toMatch(REFUSED)
  return ways.every((way) => way !== 'went through')
}
