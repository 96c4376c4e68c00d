import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Between two looks, ms: a minute and a half in all. Who took over asks the provider only when its list is complete (20 s of SOLAPI's), and
 * about hundreds of messages one by one where a call carries one.
 */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 8 }, () => 10_000)]

/** How long somebody else's judgement is waited for. */
export interface Judgement {
  /** Between two looks, ms. */
  readonly waitsMs?: readonly number[]
  /** The process ends: what it knows is lost then, and nothing is sent twice. */
  readonly signal?: AbortSignal
}

/**
 * Says something about a chunk that was lost to another worker, and once more while that one still asks what became of its rows: what is
 * known can only be set against what is judged. `say` answers true when there is nothing more to say. Gives up after a while.
 */
export async function untilJudged(say: () => Promise<boolean>, { waitsMs = WAITS_MS, signal }: Judgement = {}): Promise<void> {
  for (const wait of [0, ...waitsMs]) {
    if (wait > 0) await sleep(wait, undefined, signal && { signal }).catch(() => undefined)
    if ((await say()) || signal?.aborted === true) return
  }
}

/** SQL: a row where the chunk was freed from exactly this claim, and taken once since at most. Run, node, number, epoch: $1 to $4. */
export const FREED_FROM_US =
  'select 1 from run_chunk where run_no = $1 and node_no = $2 and no = $3 and freed_epoch = $4::int and epoch <= $4::int + 2'
