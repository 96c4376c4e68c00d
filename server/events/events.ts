import type { PgBoss } from 'pg-boss'
import type { Parts } from '#server/compose.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { IntakeClock } from './intake-clock.ts'
import { Intake } from './intake.ts'
import { Listeners } from './listeners.ts'
import { runPerEvent } from './run-per-event.ts'
import { SendTexts } from './send-texts.ts'
import { SendWays } from './send-ways.ts'
import type { TakeEventsDeps } from './take-events.ts'
import type { TakeSendsDeps } from './take-sends.ts'

/** All that takes something in from outside, for one process. */
export interface Events extends TakeEventsDeps, TakeSendsDeps {
  /** Waits for what is on its way into the database. */
  close(): Promise<void>
}

export function createEvents({ parts, boss, known }: { parts: Parts; boss: PgBoss; known: KnownRuns }): Events {
  const { pool, registry, log } = parts
  const clock = new IntakeClock(pool)
  const intake = new Intake({ pool, boss, runKeys: parts.boxes.runKeys, known, log, clock })
  return {
    intake,
    listeners: new Listeners({ pool, registry }),
    known,
    ways: new SendWays(parts),
    texts: new SendTexts(pool),
    starts: runPerEvent(parts.runs(boss)),
    now: clock.now,
    close: () => intake.close(),
  }
}
