import type { Pool } from 'pg'
import type { Gate } from '#runtime/run/gate.ts'
import type { Log, ProviderType } from '#runtime/sdk/index.ts'
import { ratesOf, type SendClass } from './rates.ts'
import { SharedLimit, type SharedLimitOptions } from './shared-limit.ts'

const BEAT_MS = 1_000

/** When the breaker of a connection opens, and for how long. */
const BREAKER = { failures: 5, openMs: 5_000, mostOpenMs: 300_000 } as const

/** A connection that somebody wants to send over. */
export interface LimitedConnection {
  readonly workspaceId: string
  readonly connectionId: string
  readonly type: ProviderType
  readonly settings: Readonly<Record<string, unknown>>
}

/** The limits of all connections that this worker uses. */
export interface Limits {
  gate(connection: LimitedConnection, kind: SendClass): Gate
  stop(): Promise<void>
}

export interface LimitsOptions {
  readonly pool: Pool
  /** The worker's number: calls of one that died do not count any more. */
  readonly worker: number
  readonly log: Log
  readonly breaker?: SharedLimitOptions['breaker']
}

/** Keeps what this worker knows and holds of each connection, and renews it once a second. */
export function createLimits({ pool, worker, log, breaker = BREAKER }: LimitsOptions): Limits {
  const known = new Map<string, SharedLimit>()
  let beating: Promise<void> = Promise.resolve()
  const beat = async (): Promise<void> => {
    for (const limit of known.values()) {
      try {
        await limit.beat()
      } catch (error) {
        log.warn('The limits of a connection could not be renewed', {
          detail: error instanceof Error ? error.message : String(error),
        })
      }
    }
  }
  let ended = false
  let timer: NodeJS.Timeout | undefined
  const again = (): void => {
    timer = setTimeout(() => {
      beating = beat().finally(() => !ended && again())
    }, BEAT_MS)
  }
  again()
  return {
    gate({ workspaceId, connectionId, type, settings }, kind) {
      const forms = 'concurrency' in ((type.settings as { properties?: object }).properties ?? {})
      const rates = ratesOf(type.limits, settings, { forms })
      const key = `${workspaceId} ${connectionId}`
      const found = known.get(key)
      if (found) found.change(rates, type.limits.timeoutMs)
      else {
        const place = { pool, workspaceId, connectionId }
        known.set(key, new SharedLimit({ place, worker, log, breaker, rates, probeMs: type.limits.timeoutMs }))
      }
      return (known.get(key) as SharedLimit).gate(kind)
    },
    async stop() {
      ended = true
      clearTimeout(timer)
      await beating
      for (const limit of known.values()) await limit.stop()
    },
  }
}
