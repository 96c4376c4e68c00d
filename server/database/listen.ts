import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000

export interface Listener {
  stop(): Promise<void>
}

export interface ListenOptions {
  readonly databaseUrl: string
  /** Shown by the database beside the connection, and in the log. */
  readonly name: string
  readonly channels: readonly string[]
  readonly log: Log
  readonly heard: (payload: string, channel: string) => void
  /** Something may not have been heard: also at the first connection. */
  readonly missed?: () => void
}

/**
 * Hears `NOTIFY` on a connection of its own. A lost one (the database restarts, the net breaks) is opened again with growing waits, for as
 * long as it takes; `missed` is called each time. Settles at the first connection, or when the first try failed: the next ones go on by
 * themselves.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { databaseUrl, name, channels, log, heard } = options
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
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: name,
      connectionTimeoutMillis: LONGEST_WAIT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    client = next
    next.on('notification', ({ payload, channel }) => heard(payload ?? '', channel))
    next.on('error', (error) => log.warn(`${name}: the connection was lost and is opened again`, { detail: error.message }))
    next.on('end', () => {
      if (client === next) again()
    })
    try {
      await next.connect()
      await next.query(channels.map((channel) => `listen ${channel}`).join('; '))
      wait = FIRST_WAIT_MS
      options.missed?.()
    } catch (error) {
      if (!ended) log.warn(`${name}: waits for the database`, { detail: error instanceof Error ? error.message : String(error) })
      client = null
      await next.end().catch(() => undefined)
      again()
    }
  }
  await connect()

  return {
    async stop() {
      ended = true
      clearTimeout(timer)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}
