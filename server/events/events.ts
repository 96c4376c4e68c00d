import type { PgBoss } from 'pg-boss'
import type { Parts } from '#server/compose.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { Intake } from './intake.ts'
import { Listeners } from './listeners.ts'
import { runPerEvent } from './run-per-event.ts'
import type { TakeEventsDeps } from './take-events.ts'

/** All that takes something in from outside, for one process. */
export interface Events extends TakeEventsDeps {
  /** Waits for what is on its way into the database. */
  close(): Promise<void>
}

export function createEvents({ parts, boss, known }: { parts: Parts; boss: PgBoss; known: KnownRuns }): Events {
  const { pool, registry, log, clock } = parts
  const now = (): Date => clock.now()
  const intake = new Intake({ pool, boss, runKeys: parts.boxes.runKeys, known, log, now })
  return {
    intake,
    listeners: new Listeners({ pool, registry }),
    known,
    starts: runPerEvent(parts.runs(boss)),
    now,
    close: () => intake.close(),
  }
}
