import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { MessageState, RunState } from '#schemas/states.ts'
import { encodeChunk } from '#server/ledger/codec.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { makeRunKey } from '#server/ledger/run-key.ts'
import { makeRunNo } from '#server/ledger/run-no.ts'
import { makeHashKey, openAddressHash } from '#server/ledger/workspace-key.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'

export const workspaceId = '00000000-0000-7000-8000-000000000001'
export const ring = keyRing(Buffer.alloc(32, 7))
export const listKeys = createBox(ring, 'list-key')
export const runKeys = createBox(ring, 'run-key')
export const samples = createBox(ring, 'pinned-sample')
export const workspaceKeys = createBox(ring, 'workspace')

/** A message as it lies in the tables: the state, and the instant of the send. */
export interface MadeMessage {
  readonly state: MessageState
  readonly at: string
  readonly phone?: string
}

export interface MadeChunk {
  readonly nodeNo: number
  readonly no: number
  /** 2: closed. */
  readonly state?: number
  readonly messages: readonly MadeMessage[]
}

export interface MadeRun {
  readonly runId: string
  readonly runNo: number
  readonly workflowId: string
  readonly versionId: string
  readonly key: Buffer
}

/** A workspace in a zone. */
export async function makeWorkspace(pool: Pool, timezone = 'Asia/Seoul'): Promise<void> {
  await pool.query('insert into workspace (id, name, timezone, hash_key_enc) values ($1, $2, $3, $4)', [
    workspaceId,
    'test',
    timezone,
    makeHashKey(workspaceKeys, workspaceId),
  ])
}

/** A run as it stands in the tables, without the work of sending it. */
export async function makeRun(
  pool: Pool,
  run: { startedAt: string; state?: RunState; kind?: number; pinned?: object; chunks: readonly MadeChunk[] },
): Promise<MadeRun> {
  const startedAt = new Date(run.startedAt)
  await ensurePartitions(pool, startedAt)
  const { rows } = await pool.query<{ workflow: string; version: string; seq: number }>(
    `with w as (insert into workflow (id, workspace_id, name, document) values (gen_random_uuid(), $1, 'made', '{}') returning id)
     insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) select gen_random_uuid(), $1, w.id, 1, 1, $2 from w
     returning workflow_id as workflow, id as version, nextval('run_seq')::int as seq`,
    [workspaceId, JSON.stringify(run.pinned ?? {})],
  )
  const { workflow: workflowId = '', version: versionId = '', seq = 0 } = rows[0] ?? {}
  const runId = randomUUID()
  const runNo = makeRunNo(startedAt, seq)
  const { key, sealed } = makeRunKey(runKeys, runId)
  const state = run.state ?? 'completed'
  await pool.query(
    `insert into workflow_run (id, run_no, workspace_id, workflow_id, version_id, number, kind, trigger, state, pinned, key_enc, total, started_at, closed_at, outcomes)
     values ($1, $2, $3, $4, $5, 1, $6, 'manual', $7::smallint, $8, $9, $10, $11, case when $7::smallint in (6, 7, 8) then $11::timestamptz end, '{}')`,
    [
      runId,
      runNo,
      workspaceId,
      workflowId,
      versionId,
      run.kind ?? 0,
      runStateNumber(state),
      JSON.stringify(run.pinned ?? {}),
      sealed,
      run.chunks.reduce((sum, chunk) => sum + chunk.messages.length, 0),
      startedAt,
    ],
  )
  const made = { runId, runNo, workflowId, versionId, key }
  let seq0 = 1
  for (const chunk of run.chunks) {
    await addChunk(pool, made, { ...chunk, seq: seq0 })
    seq0 += chunk.messages.length
  }
  return made
}

/** One more chunk of a run. */
export async function addChunk(pool: Pool, run: MadeRun, chunk: MadeChunk & { seq: number }): Promise<void> {
  const { nodeNo, no, messages, seq } = chunk
  const seqs = messages.map((_, index) => seq + index)
  const phones = messages.map((message, index) => message.phone ?? `010${10_000_000 + seq + index}`)
  const rows = encodeChunk(
    run.key,
    { runNo: run.runNo, nodeNo, no },
    {
      names: ['phone', 'name'],
      messages: null,
      seqs,
      columns: [phones, seqs.map((one) => `사람 ${one}`)],
    },
  )
  const count = (...states: MessageState[]) => messages.filter((message) => states.includes(message.state)).length
  const closed = (chunk.state ?? 2) === 2
  await pool.query(
    `insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, state, claimed, sent, failed, unconfirmed, skipped, moved, rows)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      run.runNo,
      nodeNo,
      no,
      messages.length,
      seq,
      seqs.at(-1),
      chunk.state ?? 2,
      closed ? messages.length : 0,
      ...(closed
        ? [count('sent'), count('failed', 'expired', 'cancelled'), count('unconfirmed'), count('skipped'), count('errored')]
        : [0, 0, 0, 0, 0]),
      rows,
    ],
  )
  if (!closed) return
  const hash = await openAddressHash(pool, workspaceKeys, workspaceId)
  const hashes = hash(
    'phone',
    phones.map((phone) => `+82${phone.replaceAll('-', '').slice(1)}`),
  )
  for (const [index, message] of messages.entries()) {
    const sent = ['sent', 'unconfirmed', 'errored'].includes(message.state)
    await pool.query(
      `insert into messages (run_no, node_no, chunk_no, seq, state, address_hash, sent_at, final_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        run.runNo,
        nodeNo,
        no,
        seqs[index],
        messageStateNumber(message.state),
        hashes[index],
        sent ? message.at : null,
        sent ? null : message.at,
      ],
    )
  }
}
