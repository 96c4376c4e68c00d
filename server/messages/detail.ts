import type { MessageDetail } from '#schemas/message.ts'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import { waitedUntil } from '#runtime/flow/waits.ts'
import { placeOf } from '#runtime/run/chunk.ts'
import type { MessageKey } from '#runtime/run/message-id.ts'
import { messageStateOf } from '#runtime/states/message-states.ts'
import { maskValue } from '#runtime/values/mask.ts'
import { looksPersonal } from '#runtime/values/personal.ts'
import type { PinnedRunRow } from '#server/runs/run-row.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { isErased, readChunks, rowAt, type ReadChunk } from './chunks.ts'
import { attemptsOf, waitingAttempt, type StoredAttempt } from './find.ts'
import { personOf, toItem, type ShowDeps } from './item.ts'
import { pathOf } from './path.ts'
import { planFacts, type PlanFacts } from './plan-facts.ts'
import { reasonOf } from './reasons.ts'
import { renderRows } from './render.ts'
import type { FoundMessage } from './stored.ts'

export interface DetailRun {
  readonly row: PinnedRunRow
  readonly open: OpenRun
}

interface Look {
  readonly run: DetailRun
  readonly key: MessageKey
  /** Personal data as it is; whoever asks for it is written down by the caller. */
  readonly revealed: boolean
}

/** Everything that explains one message. @throws AppError `not-found` */
export async function messageDetail(deps: ShowDeps, { run, key, revealed }: Look): Promise<MessageDetail> {
  const { open, row } = run
  const attempts = await attemptsOf(deps.pool, open, key.seq)
  const stored = attempts.find((one) => one.nodeNo === key.nodeNo && one.attempt === key.attempt)
  const message = stored ?? (await waitingAttempt(deps.pool, open, key))
  const chunk = message && (await chunkOf(deps, open, message))
  const place = chunk ? placeOf(chunk.rows.seqs, key.seq) : -1
  const gone = open.key.length === 0
  if (!message || (!gone && place < 0)) throw new AppError('not-found', { what: 'message' })
  const erased = !chunk || isErased(chunk.rows, place)
  const [made] = erased ? [] : await renderRows(open, chunk, [place])
  const facts = planFacts(open.plan)
  const row0 = erased ? {} : rowAt(chunk, place)
  const values = shownValues(facts, made?.row ?? row0, revealed)
  const reasons = { plan: open.plan, pinned: row.pinned, registry: deps.registry, language: deps.language }
  const all = stored ? attempts : [...attempts, { ...message, history: null }]
  return {
    ...toItem(
      deps,
      { runId: row.id, pinned: row.pinned, open },
      { message, person: personOf(open, { nodeNo: message.nodeNo, row: row0, revealed }) },
    ),
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    runNumber: row.number,
    values,
    parts: made?.parts ?? null,
    length: made?.length ?? null,
    path: pathOf({
      facts,
      pinned: row.pinned,
      summaries: row.summaries,
      nodeNo: message.nodeNo,
      seq: message.seq,
      startedAt: row.started_at,
      // Values of a chunk: what its columns hold.
      waitedUntil: waitedUntil(row0 as Row),
      values,
      attempts: all,
      reasonAt: (nodeNo) => lastReason(all, nodeNo, (one) => reasonOf(reasons, one)?.message ?? null),
      language: deps.language,
    }),
    attempts: all.flatMap((one) => attempt(facts, one, reasonOf(reasons, one))),
    history: historyOf(stored ?? { ...message, history: null }),
    revealed,
    ...(erased && { erased }),
  }
}

async function chunkOf({ pool }: ShowDeps, run: OpenRun, message: FoundMessage): Promise<ReadChunk | null> {
  for await (const chunk of readChunks(pool, run, { keys: [message], answers: true })) return chunk
  return null
}

function shownValues(facts: PlanFacts, row: Readonly<Record<string, unknown>>, revealed: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const column = facts.columns.get(name) ?? { type: 'text', personal: looksPersonal(name), hidden: false }
      return column.hidden ? [] : [[name, revealed ? (value ?? null) : maskValue(column, value)]]
    }),
  )
}

function lastReason(
  attempts: readonly StoredAttempt[],
  nodeNo: number,
  textOf: (attempt: StoredAttempt) => string | null,
): string | null {
  const last = attempts.findLast((one) => one.nodeNo === nodeNo)
  return last ? textOf(last) : null
}

function attempt(facts: PlanFacts, one: StoredAttempt, reason: MessageDetail['reason']): MessageDetail['attempts'] {
  const node = facts.nodeByNo.get(one.nodeNo)
  const channel = node?.type.channel?.name
  if (!node || channel === undefined) return []
  const { state, providerId, sentAt, finalAt } = one
  return [{ nodeId: node.id, channel, attempt: one.attempt, state, reason, providerId, at: sentAt ?? finalAt }]
}

function historyOf({ history, state, sentAt, finalAt }: StoredAttempt): MessageDetail['history'] {
  const moves: readonly (readonly [MessageDetail['state'], string | null, (string | undefined)?])[] = history
    ? history.map(([number, at, by]) => [messageStateOf(number), at, by] as const)
    : [[state, sentAt ?? finalAt]]
  return moves.flatMap(([move, at, by]) =>
    at === null ? [] : [{ state: move, at: new Date(at).toISOString(), ...(by !== undefined && { by }) }],
  )
}
