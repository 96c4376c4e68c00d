import type { Health } from './report-health.ts'
import type { LimitPlace } from './place.ts'

/** What this process knows of the row that all share; times are `performance.now()`. */
export class LimitView {
  /** 0: the breaker is closed. */
  opens = 0
  /** Calls failed lately: those that answer must be told, too. */
  score = 0
  /** When it was last seen. */
  seenAt = Number.NEGATIVE_INFINITY
  #openUntil = 0
  #heldUntil = 0

  /** For how long nobody may call, ms; 0: it may be tried. */
  blockedMs(now: number): number {
    return Math.max(0, this.#heldUntil - now, this.opens > 0 ? this.#openUntil - now : 0)
  }

  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms)
  }

  /** The breaker is open, or somebody else tries. */
  open(ms: number): void {
    this.opens = Math.max(1, this.opens)
    this.#openUntil = performance.now() + ms
  }

  see(health: Health): void {
    const now = performance.now()
    this.seenAt = now
    this.opens = health.opens
    this.score = health.score
    this.#openUntil = now + health.openForMs
    this.#heldUntil = now + health.heldForMs
  }
}

/** How the connection stands for all workers. */
export async function readHealth({ pool, workspaceId, connectionId }: LimitPlace): Promise<Health> {
  const { rows } = await pool.query<Health>({
    name: 'limit-read',
    text: `select opens, score,
        greatest(0, extract(epoch from greatest(coalesce(open_until, now()), coalesce(probe_until, now())) - now()))::float8 * 1000 as "openForMs",
        greatest(0, extract(epoch from greatest(held_until, now()) - now()))::float8 * 1000 as "heldForMs"
      from connection_limit where workspace_id = $1 and connection_id = $2`,
    values: [workspaceId, connectionId],
  })
  return rows[0] ?? { opens: 0, score: 0, openForMs: 0, heldForMs: 0 }
}
