import type { Log } from '#runtime/sdk/index.ts'
import { listen } from '#server/database/listen.ts'
import { WORKFLOW_CHANNEL } from '#server/workflows/news.ts'

export interface RunNews {
  stop(): Promise<void>
}

/**
 * Hears which runs changed (`NOTIFY alimflow_run`), and who has which workflow open, on a connection of its own that opens itself again. `missed` is called whenever
 * something may not have been heard, also at the first connection.
 */
export function listenForRunNews(options: {
  databaseUrl: string
  log: Log
  heard: (runId: string) => void
  workflow: (payload: string) => void
  missed: () => void
}): RunNews {
  const { databaseUrl, log, missed } = options
  const heard = (payload: string, channel: string): void =>
    channel === WORKFLOW_CHANNEL ? options.workflow(payload) : options.heard(payload)
  const listening = listen({
    databaseUrl,
    name: 'alimflow live',
    channels: ['alimflow_run', WORKFLOW_CHANNEL],
    log,
    heard,
    missed,
  })
  return { stop: async () => (await listening).stop() }
}
