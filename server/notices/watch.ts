import type { Clock, Log } from '#runtime/sdk/index.ts'
import { deliverDue, type DeliverDeps } from './deliver.ts'
import { lookOnce, type LookDeps } from './look.ts'
import { planDeliveries } from './plan-deliveries.ts'

export interface NoticeDeps extends LookDeps, DeliverDeps {
  readonly log: Log
  readonly clock: Clock
}

/** Between two looks, whichever process makes them. */
const LOOK_MS = 3_000
const STOP_MS = 3_000

export interface NoticeWatch {
  stop(): Promise<void>
}

/**
 * Looks each few seconds at what is wrong, and tells it. Runs in servers and workers: a server is there when the last worker dies, a worker
 * when there is no server. They share the looks and the messages by rows of the database.
 */
export function startNotices(deps: NoticeDeps): NoticeWatch {
  const { log, clock } = deps
  const ended = new AbortController()
  const guarded = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.warn(what, { detail: error instanceof Error ? error.message : String(error) })
    }
  }
  // A mail server that does not answer must not keep the list in the product from being true.
  const loop = async (work: () => Promise<void>): Promise<void> => {
    while (!ended.signal.aborted) {
      await work()
      await clock.sleep(LOOK_MS, ended.signal).catch(() => undefined)
    }
  }
  const loops = [
    loop(() => guarded('Notices could not be looked for', () => lookOnce(deps, { leastMs: LOOK_MS - 500 }))),
    loop(() =>
      guarded('Notices could not be told', async () => {
        await planDeliveries(deps.pool)
        if (!ended.signal.aborted) await deliverDue(deps)
      }),
    ),
  ]
  return {
    async stop() {
      ended.abort()
      // A mail server that is slow to answer does not hold up the end of the process.
      const patience = new AbortController()
      await Promise.race([Promise.all(loops), clock.sleep(STOP_MS, patience.signal).catch(() => undefined)])
      patience.abort()
    },
  }
}
