import type { Pool } from 'pg'
import type { MessageState } from '#schemas/states.ts'
import { cursorNumbers } from '#server/paging.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { planFacts } from './plan-facts.ts'
import { allStored, storedIn, type FoundMessage, type Wanted } from './stored.ts'
import { waitingAt } from './waiting.ts'

export interface PageFilter {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly state?: MessageState | undefined
  /** Id of a node. */
  readonly node?: string | undefined
}

export interface FoundPage {
  readonly found: readonly FoundMessage[]
  /** `node.number` of the last one. */
  readonly nextCursor: string | null
}

/** One line for each recipient and node, the newest attempt: node after node, by the recipient's number. @throws AppError `invalid-request` */
export async function pageOfMessages(pool: Pool, run: OpenRun, filter: PageFilter): Promise<FoundPage> {
  const [fromNode, fromSeq = 0] = cursorNumbers(filter.cursor, 2) ?? []
  const nodes = await nodesOf(pool, run, filter)
  const start = fromNode === undefined ? 0 : nodes.indexOf(fromNode)
  const found: FoundMessage[] = []
  for (const nodeNo of start < 0 ? [] : nodes.slice(start)) {
    const limit = filter.limit + 1 - found.length
    if (limit <= 0) break
    const wanted = { runNo: run.runNo, nodeNo, after: nodeNo === fromNode ? fromSeq : 0, limit }
    found.push(...(await atNode(pool, run, { wanted, state: filter.state })))
  }
  const page = found.slice(0, filter.limit)
  const last = page.at(-1)
  return { found: page, nextCursor: found.length > filter.limit && last ? `${last.nodeNo}.${last.seq}` : null }
}

/** Nodes with chunks, channels first. */
async function nodesOf(pool: Pool, run: OpenRun, { node }: PageFilter): Promise<number[]> {
  const facts = planFacts(run.plan)
  const { rows } = await pool.query<{ node_no: number }>('select distinct node_no from run_chunk where run_no = $1', [run.runNo])
  const there = new Set(rows.map(({ node_no }) => node_no))
  const only = node === undefined ? undefined : (run.plan.nodes[node]?.no ?? -1)
  return facts.order.filter((no) => there.has(no) && (only === undefined || no === only))
}

async function atNode(
  pool: Pool,
  run: OpenRun,
  { wanted, state }: { wanted: Wanted; state: MessageState | undefined },
): Promise<FoundMessage[]> {
  if (state === 'pending' || state === 'sending') return waitingIn(pool, run, { wanted, state })
  if (state !== undefined) return storedIn(pool, wanted, state)
  const [stored, waiting] = await Promise.all([allStored(pool, wanted), waitingAt(pool, run, wanted)])
  return newest([...stored, ...waiting]).slice(0, wanted.limit)
}

/** Those of the waiting who are in one state; a call's rows are few, so they may be far apart. */
async function waitingIn(
  pool: Pool,
  run: OpenRun,
  { wanted, state }: { wanted: Wanted; state: MessageState },
): Promise<FoundMessage[]> {
  const found: FoundMessage[] = []
  for (let after = wanted.after; found.length < wanted.limit;) {
    const limit = Math.max(wanted.limit, 1000)
    const some = await waitingAt(pool, run, { ...wanted, after, limit })
    found.push(...some.filter((one) => one.state === state))
    if (some.length < limit) break
    after = some.at(-1)?.seq ?? Number.POSITIVE_INFINITY
  }
  return found.slice(0, wanted.limit)
}

/** By number; of several attempts of one person the newest. */
function newest(found: readonly FoundMessage[]): FoundMessage[] {
  const bySeq = new Map<number, FoundMessage>()
  for (const one of found) if ((bySeq.get(one.seq)?.attempt ?? 0) <= one.attempt) bySeq.set(one.seq, one)
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}
