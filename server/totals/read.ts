import { AppError } from '#runtime/sdk/index.ts'
import { dayTime } from '#server/day-time.ts'
import { messageStateOf } from '#runtime/states/message-states.ts'
import { dayOf } from '#schemas/time-zone.ts'
import type { DayTotal, TotalCounts, Totals } from '#schemas/api/totals.ts'
import type { MessageState } from '#schemas/states.ts'
import { readPrices, type PriceDeps, type PricedChannel } from '#server/runs/prices.ts'
import { isUuid } from '#server/runs/uuid.ts'
import type { NodeNames, VersionNames } from './names.ts'

const DAY = 86_400_000
const MOST_DAYS = 400
const DEFAULT_DAYS = 30

// Figures that were folded before: a few rows a day, none of them a message.
const text = `
select t.day, t.workflow_id, w.name as workflow_name, t.version_id, t.node_no, t.state, t.n
from daily_total t left join workflow w on w.id = t.workflow_id
where t.workspace_id = $1 and t.day between $2::date and $3::date and ($4::uuid is null or t.workflow_id = $4::uuid) and t.n <> 0
order by t.day, w.name, t.node_no`

interface TotalRow {
  day: string
  workflow_id: string | null
  workflow_name: string | null
  version_id: string | null
  node_no: number
  state: number
  n: string
}

export interface TotalsWish {
  readonly workspaceId: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly workflowId?: string | undefined
  readonly now: Date
}

/** Totals of some days, by workflow and node; versions that name the same node alike are one. @throws AppError `invalid-request` */
export async function readTotals(deps: PriceDeps & { names: VersionNames }, wish: TotalsWish): Promise<Totals> {
  const { rows: found } = await deps.pool.query<{ timezone: string; counted_at: string | null }>(
    `select w.timezone, (select done_at from keeper where task = 'totals') as counted_at from workspace w where w.id = $1`,
    [wish.workspaceId],
  )
  const { timezone = 'UTC', counted_at: countedAt = null } = found[0] ?? {}
  const { from, to } = rangeOf(wish, timezone)
  const workflowId = wish.workflowId ?? null
  const none = workflowId !== null && !isUuid(workflowId)
  const { rows } = none ? { rows: [] } : await deps.pool.query<TotalRow>(text, [wish.workspaceId, from, to, workflowId])
  const items = new Map<string, DayTotal & { priced: PricedChannel | null }>()
  for (const row of rows) {
    const names = row.version_id === null ? undefined : (await deps.names.of(wish.workspaceId, row.version_id)).get(row.node_no)
    const key = [row.day, row.workflow_id, names?.nodeId ?? row.node_no, names?.channel, names?.connectionId].join(' ')
    const item = items.get(key) ?? emptyItem(row, names)
    items.set(key, item)
    item[fieldOf(messageStateOf(row.state))] += Number(row.n)
  }
  const channels = [...items.values()].map(({ priced }) => priced)
  const priceOf = await readPrices(deps, { workspaceId: wish.workspaceId, channels })
  const shown = [...items.values()].map(({ priced, ...item }): DayTotal => ({
    ...item,
    cost: costOf(item, priced && priceOf(priced)),
  }))
  return { from, to, timezone, countedAt, sum: sumOf(shown), items: shown }
}

const noCounts: TotalCounts = { sent: 0, delivered: 0, converted: 0, failed: 0, unconfirmed: 0, skipped: 0, retried: 0 }

function emptyItem(row: TotalRow, names: NodeNames | undefined): DayTotal & { priced: PricedChannel | null } {
  return {
    day: row.day,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    nodeId: names?.nodeId ?? null,
    nodeLabel: names?.nodeLabel ?? null,
    channel: names?.channel ?? null,
    connectionId: names?.connectionId ?? null,
    connectionName: names?.connectionName ?? null,
    ...noCounts,
    cost: null,
    priced: names?.priced ?? null,
  }
}

/** Expired and cancelled count as failed, as they do in a chunk. */
function fieldOf(state: MessageState): keyof TotalCounts {
  if (state === 'errored') return 'retried'
  if (state === 'expired' || state === 'cancelled') return 'failed'
  if (state === 'pending' || state === 'sending') throw new Error(`A message cannot be counted as ${state}`)
  return state
}

function costOf(item: TotalCounts, price: number | null): DayTotal['cost'] {
  if (price === null) return null
  return { amount: String(Math.round(price * (item.sent + item.delivered + item.converted))), currency: 'KRW' }
}

function sumOf(items: readonly TotalCounts[]): TotalCounts {
  const sum = { ...noCounts }
  for (const item of items) for (const field of Object.keys(noCounts) as (keyof TotalCounts)[]) sum[field] += item[field]
  return sum
}

function rangeOf({ from, to, now }: TotalsWish, timezone: string): { from: string; to: string } {
  const last = to ?? dayOf(now.getTime(), timezone)
  const end = dayTime(last)
  const first = from ?? new Date(end - (DEFAULT_DAYS - 1) * DAY).toISOString().slice(0, 10)
  const days = (end - dayTime(first)) / DAY + 1
  if (days < 1 || days > MOST_DAYS) throw new AppError('invalid-request', { detail: `from ≤ to ≤ from + ${MOST_DAYS - 1} days` })
  return { from: first, to: last }
}
