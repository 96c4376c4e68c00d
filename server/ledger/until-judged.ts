import { setTimeout as sleep } from 'node:timers/promises'

/** Between two looks, ms. In all less than a worker waits for its lanes when it stops. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000] as const

/**
 * Says something about a chunk that was lost to another worker, and once more while that one still asks what became of its rows: what is
 * known can only be set against what is judged. `say` answers true when there is nothing more to say. Gives up after a while.
 */
export async function untilJudged(say: () => Promise<boolean>): Promise<void> {
  for (const wait of [0, ...WAITS_MS]) {
    if (wait > 0) await sleep(wait)
    if (await say()) return
  }
}

/** SQL: a row where the chunk was freed from exactly this claim, and taken once since at most. Run, node, number, epoch: $1 to $4. */
export const FREED_FROM_US =
  'select 1 from run_chunk where run_no = $1 and node_no = $2 and no = $3 and freed_epoch = $4::int and epoch <= $4::int + 2'
