/** What the supervisor tells its worker process over the IPC channel. */
export type ToWorker =
  | {
      type: 'start'
      databaseUrl: string
      secretKeyHex: string
      sampleUrl: string | null
      /** Lanes at once; default 8. */
      lanes?: number
      /** A run that nobody looked after for so long is not sent without being asked, ms; default a day. */
      lateAfterMs?: number
      /** Plugin files that are known to be broken, and are not to be touched. */
      leaveOut?: readonly string[]
    }
  /** Heartbeat: to be answered at once. */
  | { type: 'ping' }
  /** Stop orderly, then exit. */
  | { type: 'stop' }

/** What the worker process tells its supervisor. */
export type FromWorker =
  | { type: 'ready' }
  /** `deadlineMs`: until the first of its claims ends; null: nothing is claimed. A process that is silent then must be dead before others take over. */
  | { type: 'pong'; deadlineMs: number | null }
  | { type: 'failed'; message: string }
