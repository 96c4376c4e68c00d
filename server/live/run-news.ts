import type { Log } from '#runtime/sdk/index.ts'
import { listen } from '#server/database/listen.ts'

export interface RunNews {
  stop(): Promise<void>
}

/**
 * Hears which runs changed (`NOTIFY alimflow_run`), on a connection of its own that opens itself again. `missed` is called whenever
 * something may not have been heard, also at the first connection.
 */
export function listenForRunNews(options: {
  databaseUrl: string
  log: Log
  heard: (runId: string) => void
  missed: () => void
}): RunNews {
  const { databaseUrl, log, heard, missed } = options
  const listening = listen({ databaseUrl, name: 'alimflow live', channels: ['alimflow_run'], log, heard, missed })
  return { stop: async () => (await listening).stop() }
}
