import type { PoolClient } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import type { RESENDABLE_STATES } from '#schemas/api/runs.ts'
import { numberArray, textArray } from './array-literal.ts'
import type { ChunkMessages } from './move-messages.ts'

/** Who is meant: by the last word of their message, by step, by reason (whole, or its part before the colon). */
export interface ResendFilter {
  readonly states: readonly (typeof RESENDABLE_STATES)[number][]
  readonly nodeNos: readonly number[] | null
  readonly codes: readonly string[] | null
}

interface GroupRow {
  node_no: number
  chunk_no: number
  attempt: number
  seqs: number[]
}

const reached = ['sent', 'delivered', 'converted', 'unconfirmed'] as const

// Whoever has a message of this run, or may have one, gets no second; who went on to a fallback is meant there. Both are probes of the
// primary key: every message names its node.
const text = `
select m.node_no, m.chunk_no, m.attempt, array_agg(m.seq order by m.seq) as seqs
from messages m
where m.run_no = $1::bigint and m.state = any($2::smallint[]) and m.node_no = any($3::smallint[])
  and ($4::text[] is null or m.error_code = any($4) or split_part(m.error_code, ':', 1) = any($4))
  and not exists (
    select 1 from unnest($5::smallint[]) c(node_no) join messages o on o.run_no = $1 and o.node_no = c.node_no and o.seq = m.seq
    where o.state = any($6::smallint[]))
  and not exists (
    select 1 from unnest($7::smallint[], $8::smallint[]) l(node_no, later)
    join messages o on o.run_no = $1 and o.node_no = l.later and o.seq = m.seq where l.node_no = m.node_no)
group by 1, 2, 3 order by 1, 2, 3`

/** The messages that a wish to send again means, chunk by chunk; the newest attempt of each (an older one is `errored`). */
export async function findAgain(
  client: Pick<PoolClient, 'query'>,
  run: { runNo: number; plan: Plan },
  { filter, nodeNos }: { filter: ResendFilter; nodeNos: readonly number[] },
): Promise<ChunkMessages[]> {
  const wanted = nodeNos.filter((no) => filter.nodeNos === null || filter.nodeNos.includes(no))
  const channels = run.plan.stages.flatMap((stage) => (stage.kind === 'send' ? [stage.no] : []))
  const behind = fallbacksOf(run.plan)
  const { rows } = await client.query<GroupRow>(text, [
    run.runNo,
    numberArray(filter.states.map(messageStateNumber)),
    numberArray(wanted),
    filter.codes && textArray(filter.codes),
    numberArray(channels),
    numberArray(reached.map(messageStateNumber)),
    numberArray(behind.map(([from]) => from)),
    numberArray(behind.map(([, later]) => later)),
  ])
  return rows.map(({ node_no, chunk_no, attempt, seqs }) => ({ nodeNo: node_no, chunkNo: chunk_no, attempt, seqs }))
}

/** Every channel with each channel that stands behind its `undelivered`, near and far. */
export function fallbacksOf(plan: Plan): (readonly [from: number, later: number])[] {
  const sends = plan.stages.flatMap((stage) => (stage.kind === 'send' ? [stage] : []))
  // Between a channel and its fallback people may wait: whoever is there has gone on as well.
  const next = new Map(
    plan.stages.map((stage) => [
      stage.no,
      stage.outlets.flatMap(({ fromPort, stage: to }) => (stage.kind !== 'send' || fromPort === 'undelivered' ? [to] : [])),
    ]),
  )
  const all = (no: number): number[] => (next.get(no) ?? []).flatMap((to) => [to, ...all(to)])
  return sends.flatMap(({ no }) => all(no).map((later) => [no, later] as const))
}

/** Stages that can take a row of theirs again: channels, and row stages whose rows were cancelled before they were worked through. */
export function againNodes(plan: Plan, state: (typeof RESENDABLE_STATES)[number]): number[] {
  return plan.stages.flatMap((stage) =>
    stage.kind === 'send' || (stage.kind === 'rows' && state === 'cancelled') ? [stage.no] : [],
  )
}
