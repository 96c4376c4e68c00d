/** What one look leaves to the next one, whichever process makes it. */
export interface LookMemory {
  /** When all was counted last, also what hardly moves (ISO). */
  readonly countedAt: string
  /** Workers that died or the lack of any, since when (ISO): by number, and `none`. */
  readonly absent: Readonly<Record<string, string>>
  /** Runs that wait, since when they are seen to (ISO). */
  readonly waiting: Readonly<Record<string, string>>
  /** Runs that waited or were paused: when they were last seen so (ISO). Lateness counts from there. */
  readonly rested: Readonly<Record<string, string>>
  /** Runs that never end: from where their share of failures is counted. */
  readonly windows: Readonly<Record<string, { readonly at: string; readonly good: number; readonly failed: number }>>
}

/** Reads what was stored; what is missing begins anew. */
export function readMemory(stored: unknown): LookMemory {
  const memory = typeof stored === 'object' && stored !== null ? (stored as Partial<LookMemory>) : {}
  return {
    countedAt: memory.countedAt ?? '',
    absent: memory.absent ?? {},
    waiting: memory.waiting ?? {},
    rested: memory.rested ?? {},
    windows: memory.windows ?? {},
  }
}
