import type { PoolClient } from 'pg'
import { itemsOf, placeOf, type ChunkRows } from '#runtime/run/chunk.ts'
import { RESENT } from '#runtime/run/pack-again.ts'
import { pickRows } from '#runtime/run/pick-rows.ts'
import { rerun, rerunnableNodes } from '#runtime/run/rerun.ts'
import { WaitingChunks, waitStep } from '#runtime/run/waiting-chunks.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import type { LedgerRun } from './ledger-run.ts'
import { moveMessages } from './move-messages.ts'
import { findAgain, type ResendFilter } from './resend.ts'
import { readChunk, Writer, type SendAgain } from './send-again.ts'

/**
 * People who were left out because a step failed for their row go through that step once more, from the values that are frozen. Who fails
 * again stays as he is. In the caller's transaction.
 * @returns how many go on to a channel now
 */
export async function sendLeftOutAgain(
  client: PoolClient,
  run: { open: OpenRun; ledger: LedgerRun },
  { filter, how }: { filter: ResendFilter; how: SendAgain },
): Promise<number> {
  const { open, ledger } = run
  const nodes = rerunnableNodes(open.plan)
  const groups = await findAgain(client, open, { filter, nodeNos: [...nodes.keys()] })
  const writer = new Writer(client, ledger)
  const context = open.context(new AbortController().signal)
  let count = 0
  for (const group of groups) {
    const at = nodes.get(group.nodeNo)
    if (!at) continue
    const { rows } = await readChunk(client, ledger, group)
    const out = await rerun(open.plan, { at, rows: only(rows, group.seqs), context })
    const through = [...new Set([...out.values()].flatMap(({ seqs }) => seqs))].toSorted((a, b) => a - b)
    const move = { runNo: open.runNo, from: how.from, to: 'errored', actor: how.actor } as const
    const moved = await moveMessages(client, { ...group, seqs: through }, move)
    count += moved.length
    for (const [nodeNo, made] of out) {
      const some = only(made, moved)
      if (some.seqs.length === 0) continue
      // Behind a step that lets wait they wait as the others did, from now on.
      const packed = new WaitingChunks(open.now, waitStep(open.plan))
      for (const { rows: waiting, readyAt } of [...packed.add(itemsOf(some), some.seqs), ...packed.rest()]) {
        // A test shows what comes of it now.
        const readyInMs = open.plan.test === true ? 0 : Math.max(0, Math.ceil(readyAt - open.now()))
        await writer.add([{ nodeNo, attempt: 1, rows: waiting, answers: null, readyInMs, held: how.held, kind: RESENT }])
      }
    }
  }
  await writer.end()
  return count
}

function only(rows: ChunkRows, seqs: readonly number[]): ChunkRows {
  return pickRows(
    rows,
    seqs.map((seq) => placeOf(rows.seqs, seq)).filter((place) => place >= 0),
  )
}
