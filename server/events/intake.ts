import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import type { Box } from '#server/secrets/box.ts'
import { ChunkNumbers } from './chunk-numbers.ts'
import { Inlet, type Parcel, type Placed } from './inlet.ts'
import type { IntakeClock } from './intake-clock.ts'
import { findOpenRun, type OpenRunWish } from './open-run.ts'
import { nameOf, readTakenKeys, type ParcelKey, type TakenKey } from './taken-keys.ts'
import { Waker } from './waker.ts'

export interface IntakeDeps {
  readonly pool: Pool
  readonly boss: PgBoss
  readonly runKeys: Box
  readonly known: KnownRuns
  readonly log: Log
  readonly clock: IntakeClock
}

/** Inlets of versions and connections that are not used any more are forgotten beyond so many. */
const KEPT = 500

/** What is taken in by this process, for all open runs. Nothing is answered before its commit. */
export class Intake {
  readonly #deps: IntakeDeps
  readonly #numbers: ChunkNumbers
  readonly #waker: Waker
  readonly #inlets = new Map<string, Inlet>()
  /** Keys that are on their way into the database, with their answers. */
  readonly #coming = new Map<string, { bodyHash: Buffer; placed: Promise<Placed> }>()

  constructor(deps: IntakeDeps) {
    this.#deps = deps
    this.#numbers = new ChunkNumbers(deps.pool)
    this.#waker = new Waker(deps.boss, deps.log)
  }

  /**
   * Refuses keys that came with another body before, are under way with one, or stand twice with different ones among these.
   * @throws AppError `idempotency-key-reused`
   */
  async look(workspaceId: string, keys: readonly ParcelKey[]): Promise<void> {
    if (keys.length > 0) this.#refuse(workspaceId, keys, await readTakenKeys(this.#deps.pool, workspaceId, keys))
  }

  /**
   * Adds rows to the open run of a wish. What came with a key before is not added again: its old place is given.
   * @throws AppError `idempotency-key-reused` (nothing was added), `intake-full`, `intake-uncertain`
   */
  async put(wish: OpenRunWish, parcels: readonly Parcel[]): Promise<Placed[]> {
    const keys = parcels.flatMap(({ key }) => (key ? [key] : []))
    // Nothing to look up: what has no key is new.
    if (keys.length === 0) return this.#putAll(this.#inletOf(wish), parcels)
    const taken = await readTakenKeys(this.#deps.pool, wish.workspaceId, keys)
    const inlet = this.#inletOf(wish)
    // First all are looked at: one that is wrong must not leave half of a call behind.
    this.#refuse(wish.workspaceId, keys, taken)
    return Promise.all(
      parcels.map(async (parcel) => {
        if (!parcel.key) return inlet.put(parcel)
        const found = taken.get(nameOf(parcel.key))
        return found ?? this.#putOnce(wish, { inlet, parcel, key: parcel.key })
      }),
    )
  }

  #refuse(workspaceId: string, keys: readonly ParcelKey[], taken: ReadonlyMap<string, TakenKey>): void {
    const here = new Map<string, Buffer>()
    for (const key of keys) {
      const name = nameOf(key)
      // The first of two that stand in one call is not under way yet.
      const other = this.#coming.get(comingName({ workspaceId }, key))?.bodyHash ?? here.get(name)
      if (taken.get(name)?.same === false || (other && !other.equals(key.bodyHash)))
        throw new AppError('idempotency-key-reused', {})
      here.set(name, key.bodyHash)
    }
  }

  /** One parcel, as most calls are, is no list of waits. */
  async #putAll(inlet: Inlet, parcels: readonly Parcel[]): Promise<Placed[]> {
    const [only] = parcels
    if (only && parcels.length === 1) return [await inlet.put(only)]
    return Promise.all(parcels.map((parcel) => inlet.put(parcel)))
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    await Promise.all([...this.#inlets.values()].map((inlet) => inlet.idle()))
    this.#waker.close()
  }

  async #putOnce(wish: OpenRunWish, { inlet, parcel, key }: { inlet: Inlet; parcel: Parcel; key: ParcelKey }): Promise<Placed> {
    const name = comingName(wish, key)
    const coming = this.#coming.get(name)
    if (coming) {
      if (coming.bodyHash.equals(key.bodyHash)) return coming.placed
      throw new AppError('idempotency-key-reused', {})
    }
    const placed = inlet.put(parcel).finally(() => this.#coming.delete(name))
    this.#coming.set(name, { bodyHash: key.bodyHash, placed })
    return placed
  }

  #inletOf(wish: OpenRunWish): Inlet {
    const name = `${wish.workspaceId} ${wish.name}`
    const known = this.#inlets.get(name)
    if (known) return known
    const { pool, runKeys, known: runs, clock } = this.#deps
    const inlet = new Inlet({
      pool,
      numbers: this.#numbers,
      waker: this.#waker,
      clock,
      open: async () => {
        const run = await runs.get(await findOpenRun({ pool, runKeys }, wish))
        if (!run) throw new AppError('has-problems', { count: 1 })
        return run
      },
    })
    this.#inlets.set(name, inlet)
    const oldest = this.#inlets.keys().next().value
    // It still works for whoever waits in it; only a later row makes a new one.
    if (this.#inlets.size > KEPT && oldest !== undefined) this.#inlets.delete(oldest)
    return inlet
  }
}

const comingName = (wish: Pick<OpenRunWish, 'workspaceId'>, key: ParcelKey): string => `${wish.workspaceId}\n${nameOf(key)}`
