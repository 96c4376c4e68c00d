import type { Pool } from 'pg'
import type { Launch, LaunchChannel } from '#schemas/api/launch.ts'
import type { Language } from '#schemas/localized.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import type { PreparedFacts } from '#runtime/run/guards.ts'
import { AppError, restoreError, type StoredError } from '#runtime/sdk/index.ts'
import { kindsOf, pricesOf } from '#runtime/sdk/prices.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { reasonOf } from '#server/messages/reasons.ts'
import { appendedOf } from './appended.ts'
import type { RunFactsDeps } from './facts.ts'
import { sendingTime, touchesNight } from './launch-time.ts'
import { channelAt } from './prices.ts'
import type { PinnedRunRow } from './run-row.ts'

type Prepared = PreparedFacts & { readonly guard: StoredError | null }
type Settings = ReadonlyMap<string, Readonly<Record<string, unknown>>>

interface Reading {
  readonly deps: RunFactsDeps
  readonly row: PinnedRunRow
  readonly plan: Plan
  readonly prepared: Prepared | null
  readonly language: Language
}

const won = (amount: number) => ({ amount: String(Math.round(amount)), currency: 'KRW' })

/** What a person should know of a run that prepared and waits. @throws AppError `not-found`: it cannot be opened any more */
export async function launchOf(
  deps: RunFactsDeps,
  { row, language }: { row: PinnedRunRow; language: Language },
): Promise<Launch> {
  const plan = (await deps.known.get(row.id))?.plan
  if (!plan) throw new AppError('not-found', { what: 'run' })
  const reading = { deps, row, plan, language, prepared: await readPrepared(deps.pool, row) }
  const { prepared } = reading
  const settings = await readSettings(reading)
  const channels = channelsOf(reading, settings)
  const time = prepared?.channels.length ? timeOf(reading, { channels, settings }) : null
  const ads = prepared?.channels.length ? prepared.channels.reduce((sum, one) => sum + one.ads, 0) : null
  return {
    count: prepared?.ready ?? null,
    cannot: cannotOf(reading),
    missing: prepared?.missing ?? null,
    longest: longestOf(prepared),
    channels,
    cost: costOf(prepared, channels),
    time,
    night: { ads, touches: touchesNight(deps.clock.now(), time?.seconds ?? 0) },
    last: await readLast(deps.pool, row),
    appended: await appendedOf(deps.pool, { runNo: row.run_no, plan }),
    guard: prepared?.guard ? { code: prepared.guard.code, message: restoreError(prepared.guard).text[language] } : null,
  }
}

async function readPrepared(pool: Pool, row: PinnedRunRow): Promise<Prepared | null> {
  const { rows } = await pool.query<{ prepared: Prepared | null }>('select prepared from workflow_run where run_no = $1', [
    row.run_no,
  ])
  return rows[0]?.prepared ?? null
}

async function readSettings({ deps, row }: Reading): Promise<Settings> {
  const { rows } = await deps.pool.query<{ id: string; settings: Record<string, unknown> }>(
    'select id, settings from connection where workspace_id = $1 and id = any($2)',
    [row.workspace_id, Object.keys(row.pinned.connections)],
  )
  return new Map(rows.map(({ id, settings }) => [id, settings]))
}

function channelsOf({ deps, row, plan, prepared }: Reading, settings: Settings): LaunchChannel[] {
  return plan.stages.flatMap((stage) => {
    const channel = stage.kind === 'send' ? channelAt(stage.channel, { plan, pinned: row.pinned }) : null
    if (stage.kind !== 'send' || !channel) return []
    const { connectionId: id, kind } = channel
    const prices = pricesOf(deps.registry.provider(kind), settings.get(id)) ?? {}
    const made = prepared?.channels.find(({ nodeId }) => nodeId === stage.channel)
    return [
      {
        nodeId: stage.channel,
        channel: channel.channel,
        connection: { id, name: row.pinned.connections[id]?.name ?? id, kind },
        sandbox: kind === 'sandbox',
        fallback: stage.after !== null,
        kinds: made?.kinds ?? {},
        prices: Object.fromEntries(Object.entries(prices).filter(([one]) => kindsOf(channel.channel).includes(one))),
      },
    ]
  })
}

/** Why nothing can be sent to some. The codes name variables and limits, never values of people. */
function cannotOf({ deps, row, plan, prepared, language }: Reading): Launch['cannot'] {
  const how = { plan, pinned: row.pinned, registry: deps.registry, language }
  return (prepared?.channels ?? []).flatMap(({ nodeId, cannot }) =>
    Object.entries(cannot).map(([errorCode, count]) => {
      const reason = reasonOf(how, { nodeNo: plan.nodes[nodeId]?.no ?? -1, errorCode, attempt: 1 })
      return { code: reason?.code ?? errorCode, message: reason?.message ?? errorCode, count }
    }),
  )
}

function longestOf(prepared: Prepared | null): Launch['longest'] {
  const texts = (prepared?.channels ?? []).flatMap(({ longest }) => (longest ? [longest] : []))
  return texts.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0] ?? null
}

/** Null where a price is not known: a figure is true or not there. */
function costOf(prepared: Prepared | null, channels: readonly LaunchChannel[]): Launch['cost'] {
  if (prepared?.cost == null || prepared.ready === null) return null
  let maximum = prepared.cost
  for (const { fallback, channel, prices } of channels) {
    if (!fallback) continue
    const known = kindsOf(channel).map((kind) => prices[kind])
    if (known.length === 0 || known.includes(undefined)) return null
    maximum += prepared.ready * Math.max(...known.map((price) => price ?? 0))
  }
  return { estimate: won(prepared.cost), maximum: won(maximum) }
}

function timeOf(
  { deps }: Reading,
  { channels, settings }: { channels: readonly LaunchChannel[]; settings: Settings },
): Launch['time'] {
  const first = channels.filter(({ fallback }) => !fallback)
  const ids = [...new Set(first.map(({ connection }) => connection.id))]
  return sendingTime(
    ids.flatMap((id) => {
      const over = first.filter(({ connection }) => connection.id === id)
      const [one] = over
      if (!one) return []
      const count = over.flatMap(({ kinds }) => Object.values(kinds)).reduce((sum, n) => sum + n, 0)
      const type = deps.registry.provider(one.connection.kind)
      return [{ connection: one.connection.name, type, settings: settings.get(id) ?? {}, count }]
    }),
  )
}

async function readLast(pool: Pool, row: PinnedRunRow): Promise<Launch['last']> {
  const { rows } = await pool.query<{ id: string; number: number; started_at: string; recipients: number }>(
    `select id, number, started_at, total - chosen_out as recipients from workflow_run
     where workspace_id = $1 and workflow_id = $2 and kind = 0 and state = ${runStateNumber('completed')} and run_no < $3
     order by run_no desc limit 1`,
    [row.workspace_id, row.workflow_id, row.run_no],
  )
  const last = rows[0]
  return last ? { id: last.id, number: last.number, startedAt: last.started_at, recipients: last.recipients } : null
}
