import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000

export interface RunNews {
  stop(): Promise<void>
}

/**
 * Hears which runs changed (`NOTIFY alimflow_run`), on a connection of its own. A lost one is opened again with growing waits; `missed` is
 * called whenever something may not have been heard, also at the first connection.
 */
export function listenForRunNews(options: {
  databaseUrl: string
  log: Log
  heard: (runId: string) => void
  missed: () => void
}): RunNews {
  const { databaseUrl, log, heard, missed } = options
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT_MS
  let ended = false

  const again = (): void => {
    if (ended || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'alimflow live', keepAlive: true })
    client = next
    next.on('notification', ({ payload }) => payload && heard(payload))
    next.on('error', (error) =>
      log.warn('The connection that hears of runs was lost and is opened again', { detail: error.message }),
    )
    next.on('end', () => {
      if (client === next) again()
    })
    try {
      await next.connect()
      await next.query('listen alimflow_run')
      wait = FIRST_WAIT_MS
      missed()
    } catch (error) {
      if (!ended)
        log.warn('Live progress waits for the database', { detail: error instanceof Error ? error.message : String(error) })
      client = null
      await next.end().catch(() => undefined)
      again()
    }
  }
  void connect()

  return {
    async stop() {
      ended = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
