import type { SendStage } from '#runtime/compile/plan.ts'
import { crashPoint } from '#runtime/crash-point.ts'
import { errorCode } from '#runtime/run/error-code.ts'
import { parseMessageId } from '#runtime/run/message-id.ts'
import { nextPollIn, reportsCloseAfter } from '#runtime/run/report-times.ts'
import type { Report } from '#runtime/sdk/index.ts'
import { finishRun } from '#server/ledger/finish.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { OpenProvider } from '#server/worker/engine-deps.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { ledgerRun, type LaneHost } from '#server/worker/stage-lane.ts'
import { applyReports, type KnownReport } from './apply.ts'
import { askReports } from './ask-reports.ts'
import type { CheckedAnswer } from './checked.ts'
import { fallBack } from './undelivered.ts'

/** While a call is being asked about nobody else asks; a worker that dies lets go of it after this time. */
const LEASE = '60 seconds'
const AT_ONCE = 20

interface DueCall {
  node_no: number
  chunk_no: number
  from_row: number
  handle: string
  poll_cursor: string | null
  closes_in_ms: number
}

/** Job `poll-reports`: asks the providers for the reports of the run's calls that are due, and applies them. */
export async function pollRun(host: LaneHost, run: OpenRun): Promise<void> {
  for (;;) {
    const due = await leaseDue(host, run)
    const held = new Set<number>()
    for (const call of due) {
      if (host.signal.aborted || host.stopped('')) return
      if (held.has(call.node_no)) continue
      const ms = await pollCall(host, run, call)
      if (ms === null) continue
      // The connection may not be called now: whatever else is due at this channel waits as long.
      held.add(call.node_no)
      await putOff(host, run, { calls: due.slice(due.indexOf(call)).filter((one) => one.node_no === call.node_no), ms })
    }
    if (due.length < AT_ONCE) break
  }
  await finishRun(host.deps.pool, run)
  await host.deps.pool.query(`select pg_notify('alimflow_run', $1)`, [run.runId])
}

async function leaseDue(host: LaneHost, run: OpenRun): Promise<DueCall[]> {
  const { rows } = await host.deps.pool.query<DueCall>(
    `with due as (
       select run_no, node_no, chunk_no, from_row from run_call where run_no = $1 and next_poll_at <= now()
       order by next_poll_at limit ${AT_ONCE} for update skip locked)
     update run_call c set next_poll_at = now() + interval '${LEASE}' from due
     where c.run_no = $1 and (c.node_no, c.chunk_no, c.from_row) = (due.node_no, due.chunk_no, due.from_row)
     returning c.node_no, c.chunk_no, c.from_row, c.handle, c.poll_cursor, (extract(epoch from c.closes_at - now()) * 1000)::float8 as closes_in_ms`,
    [run.runNo],
  )
  return rows
}

/** Null: done for now. Else nobody may be asked over its connection for so long, ms. */
async function pollCall(host: LaneHost, run: OpenRun, call: DueCall): Promise<number | null> {
  const stage = run.plan.stages.find((one) => one.kind === 'send' && one.no === call.node_no)
  if (stage?.kind !== 'send') return null
  const got = await askReports(host, run, { stage, call })
  if (got.kind === 'later' && call.closes_in_ms > 0) return got.ms
  if (got.kind === 'answered') {
    try {
      await applyAnswer(host, run, { call, stage, ...got })
      return null
    } catch (error) {
      // The lease brings it back, as long as anybody waits for reports of this call.
      host.deps.log.warn('Reports could not be applied', {
        nodeNo: call.node_no,
        detail: error instanceof Error ? error.message : String(error),
      })
    }
  }
  // The lease brings it back: a provider that is down for a while loses no report. One that never answers does not keep the run open.
  if (got.kind === 'never' || call.closes_in_ms <= 0) await putOff(host, run, { calls: [call], ms: null })
  return null
}

/** Asks about these calls again after `ms`; null: never. */
async function putOff(
  host: LaneHost,
  run: OpenRun,
  { calls, ms }: { calls: readonly DueCall[]; ms: number | null },
): Promise<void> {
  await host.deps.pool.query(
    `update run_call c set next_poll_at = now() + $5::float8 * interval '1 ms'
     from unnest($2::smallint[], $3::int[], $4::int[]) t(node_no, chunk_no, from_row)
     where c.run_no = $1 and (c.node_no, c.chunk_no, c.from_row) = (t.node_no, t.chunk_no, t.from_row)`,
    [run.runNo, calls.map((call) => call.node_no), calls.map((call) => call.chunk_no), calls.map((call) => call.from_row), ms],
  )
}

async function applyAnswer(
  host: LaneHost,
  run: OpenRun,
  facts: {
    call: DueCall
    stage: SendStage
    provider: OpenProvider
    answer: CheckedAnswer
  },
): Promise<void> {
  const { call, stage, provider, answer } = facts
  const reports = await identify(host, run, { call, provider, reports: answer.reports })
  const channel = run.plan.nodes[stage.channel]?.type.channel?.name ?? ''
  const over = answer.done || call.closes_in_ms <= 0
  const wait = over ? null : nextPollIn(reportsCloseAfter(channel) - call.closes_in_ms)
  await withClient(host.deps.pool, async (client) => {
    await client.query('begin')
    const moved = await applyReports(client, { runNo: run.runNo, reports, shard: host.worker % 32_767 })
    await fallBack(client, { open: run, ledger: ledgerRun(host, run), signal: host.signal }, moved)
    crashPoint('applying-reports')
    await client.query(
      `update run_call set poll_cursor = $5, next_poll_at = now() + $6::int * interval '1 ms' where run_no = $1 and node_no = $2 and chunk_no = $3 and from_row = $4`,
      [run.runNo, call.node_no, call.chunk_no, call.from_row, answer.cursor, wait],
    )
    await client.query('commit')
  })
}

/** Finds the message of each report: by the key that the provider carried for us, else by its own id within the call's chunk. */
async function identify(
  host: LaneHost,
  run: OpenRun,
  { call, provider, reports }: { call: DueCall; provider: OpenProvider; reports: readonly Report[] },
): Promise<KnownReport[]> {
  const byId = await messagesByProviderId(host, run, {
    call,
    ids: reports.flatMap((report) => (report.key === null && report.providerId ? [report.providerId] : [])),
  })
  return reports.flatMap((report) => {
    const key = report.key === null ? byId.get(report.providerId ?? '') : parseMessageId(report.key)
    if (!key || ('runNo' in key && key.runNo !== run.runNo)) return []
    const known = report.code === null ? undefined : provider.type.errors[report.code]
    const code = report.state === 'failed' ? errorCode('provider-refused', report.code) : null
    const { nodeNo, seq, attempt } = key
    return [
      { nodeNo, seq, attempt, state: report.state, errorCode: code, class: report.class ?? known?.class ?? null, at: report.at },
    ]
  })
}

async function messagesByProviderId(
  host: LaneHost,
  run: OpenRun,
  { call, ids }: { call: DueCall; ids: string[] },
): Promise<Map<string, { nodeNo: number; seq: number; attempt: number }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await host.deps.pool.query<{ seq: number; attempt: number; provider_id: string }>(
    `select m.seq, m.attempt, m.provider_id from run_chunk k join messages m
       on m.run_no = k.run_no and m.node_no = k.node_no and m.seq between k.seq_from and k.seq_to and m.chunk_no = k.no
     where k.run_no = $1 and k.node_no = $2 and k.no = $3 and m.provider_id = any($4)`,
    [run.runNo, call.node_no, call.chunk_no, ids],
  )
  return new Map(rows.map((row) => [row.provider_id, { nodeNo: call.node_no, seq: row.seq, attempt: row.attempt }]))
}
