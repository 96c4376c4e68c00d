import type { PgBoss } from 'pg-boss'
import type { Log } from '#runtime/sdk/index.ts'
import { enqueue } from '#server/jobs/boss.ts'
import { laneQueue } from '#server/worker/lanes.ts'

/** So often at most one stage of a run is woken; what comes between is woken for at the end of it. */
const EVERY_MS = 200

/** Wakes a lane for rows that came in: at once, and then no more often than a few times a second. A wake-up that gets lost costs a second. */
export class Waker {
  readonly #boss: PgBoss
  readonly #log: Log
  readonly #resting = new Map<string, { again: boolean; timer: NodeJS.Timeout }>()

  constructor(boss: PgBoss, log: Log) {
    this.#boss = boss
    this.#log = log
  }

  wake(runId: string, nodeNo: number): void {
    const key = `${runId}:${nodeNo}:0`
    const resting = this.#resting.get(key)
    if (resting) {
      resting.again = true
      return
    }
    const timer = setTimeout(() => {
      const { again } = this.#resting.get(key) ?? { again: false }
      this.#resting.delete(key)
      if (again) this.wake(runId, nodeNo)
    }, EVERY_MS)
    timer.unref()
    this.#resting.set(key, { again: false, timer })
    enqueue(this.#boss, { name: laneQueue({ urgent: true }), data: { runId, nodeNo, lane: 0 }, key }).catch((error: unknown) =>
      this.#log.warn('A lane was not woken; the sweep finds its rows a second later', {
        runId,
        detail: error instanceof Error ? error.message : String(error),
      }),
    )
  }

  close(): void {
    for (const { timer } of this.#resting.values()) clearTimeout(timer)
    this.#resting.clear()
  }
}
