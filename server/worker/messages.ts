/** What the supervisor tells its worker process over the IPC channel. */
export type ToWorker =
  | { type: 'start'; databaseUrl: string; secretKeyHex: string; sampleUrl: string | null }
  /** Heartbeat: to be answered at once. */
  | { type: 'ping' }
  /** Stop orderly, then exit. */
  | { type: 'stop' }

/** What the worker process tells its supervisor. */
export type FromWorker = { type: 'ready' } | { type: 'pong' } | { type: 'failed'; message: string }
