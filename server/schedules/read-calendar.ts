import type { Pool } from 'pg'
import type { Calendar, CalendarItem } from '#schemas/api/schedules.ts'
import type { Language } from '#schemas/localized.ts'
import { dayOf } from '#schemas/time-zone.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { dayTime } from '#server/day-time.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { toRunItems } from '#server/runs/list.ts'
import { RUN_COLUMNS, RUN_TABLES, type RunRow } from '#server/runs/run-row.ts'
import { firesByDay, nextFires, type Recurrence } from './calendar.ts'
import { readAsked, readMissedBetween } from './missed.ts'
import { instantOf } from '#schemas/wall-time.ts'

const DAY_MS = 86_400_000
const MOST_DAYS = 62
/** Of one workflow on one day so many are listed: a schedule of each minute fills no page. */
const PER_DAY = 3
const NEXT = 8
interface Wish {
  readonly workspaceId: string
  /** IANA zone of the days. */
  readonly timezone: string
  readonly from: string
  readonly to: string
  readonly language: Language
}

interface CalendarDeps {
  readonly pool: Pool
  readonly known: KnownRuns
  readonly now: Date
}

/** What schedules started, missed and will start, by day of the workspace's zone. @throws AppError `invalid-request` */
export async function readCalendar(deps: CalendarDeps, wish: Wish): Promise<Calendar> {
  const range = rangeOf(wish)
  const schedules = await schedulesOf(deps.pool, wish.workspaceId)
  const [runs, missed, asks] = await Promise.all([
    startedIn(deps, wish, range),
    readMissedBetween(deps.pool, { workspaceId: wish.workspaceId, ...range }),
    readAsked(deps.pool, wish.workspaceId),
  ])
  const day = (at: string): string => dayOf(Date.parse(at), wish.timezone)
  const planned = schedules.flatMap((one) => plannedIn(one, { now: deps.now, until: range.until, day }))
  const was = missed.map((one): CalendarItem => ({
    ...one,
    at: one.passed.fireAt,
    day: day(one.passed.fireAt),
    kind: 'missed',
    run: null,
    more: 0,
  }))
  const waits = schedules.flatMap((one) => heldIn(one, { ...range, day }))
  const next = schedules.flatMap((one) =>
    nextFires(one, deps.now, NEXT).map((at) => ({
      at: at.toISOString(),
      workflowId: one.workflowId,
      workflowName: one.workflowName,
    })),
  )
  const items = [...runs.map((one) => ({ ...one, day: day(one.at) })), ...was, ...waits, ...planned]
  return {
    timezone: wish.timezone,
    items: items.toSorted((a, b) => a.at.localeCompare(b.at)),
    next: next.toSorted((a, b) => a.at.localeCompare(b.at)).slice(0, NEXT),
    asks,
  }
}

interface Range {
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}

function rangeOf({ from, to, timezone }: Wish): Range {
  const [first, last] = [dayTime(from), dayTime(to)]
  const days = (last - first) / DAY_MS + 1
  if (days < 1 || days > MOST_DAYS) throw new AppError('invalid-request', { detail: `from … to: 1 … ${MOST_DAYS} days` })
  return { since: new Date(instantOf(first, timezone)), until: new Date(instantOf(last + DAY_MS, timezone)) }
}

interface ScheduleOf extends Recurrence {
  readonly workflowId: string
  readonly workflowName: string
  /** The time that waits for the run before; null: none does. */
  readonly held: string | null
}

async function schedulesOf(pool: Pool, workspaceId: string): Promise<ScheduleOf[]> {
  const { rows } = await pool.query<ScheduleOf>(
    `select s.cron, s.timezone, case when s.held_since is not null then s.next_fire_at end as held, w.id as "workflowId", w.name as "workflowName" from schedule s join workflow w on w.id = s.workflow_id
     where s.workspace_id = $1 and w.enabled and w.deleted_at is null and w.published_version is not null`,
    [workspaceId],
  )
  return rows
}

async function startedIn(
  { pool, known }: CalendarDeps,
  { workspaceId, timezone, language }: Wish,
  { since, until }: Range,
): Promise<Omit<CalendarItem, 'day'>[]> {
  const { rows } = await pool.query<RunRow & { fire_at: string; place: number; of_day: number }>(
    `select * from (
       select ${RUN_COLUMNS}, r.fire_at,
         row_number() over (partition by r.workflow_id, (r.fire_at at time zone $4)::date order by r.fire_at desc)::int as place,
         count(*) over (partition by r.workflow_id, (r.fire_at at time zone $4)::date)::int as of_day
       from ${RUN_TABLES}
       where r.workspace_id = $1 and r.fire_at >= $2 and r.fire_at < $3 and r.started_at >= $2 and w.deleted_at is null) fired
     where place <= ${PER_DAY} order by fire_at`,
    [workspaceId, since, until, timezone],
  )
  const items = await toRunItems({ pool, known }, rows, language)
  return rows.flatMap(({ fire_at: at, place, of_day: ofDay }, index) => {
    const run = items[index]
    if (!run) return []
    const { workflowId, workflowName } = run
    // Said beside the last one that is listed of the day.
    const more = place === 1 ? Math.max(0, ofDay - PER_DAY) : 0
    return [{ at: new Date(at).toISOString(), kind: 'run' as const, workflowId, workflowName, run, passed: null, more }]
  })
}

function heldIn(
  { workflowId, workflowName, held }: ScheduleOf,
  { since, until, day }: Range & { day: (at: string) => string },
): CalendarItem[] {
  if (held === null || new Date(held) < since || new Date(held) >= until) return []
  const at = new Date(held).toISOString()
  return [{ day: day(at), at, kind: 'waiting', workflowId, workflowName, run: null, passed: null, more: 0 }]
}

function plannedIn(
  { workflowId, workflowName, ...recurrence }: ScheduleOf,
  { now, until, day }: { now: Date; until: Date; day: (at: string) => string },
): CalendarItem[] {
  if (until <= now) return []
  return firesByDay(recurrence, { after: now, until, most: PER_DAY }).flatMap(({ first, count }) =>
    first.map((fire, place): CalendarItem => {
      const at = fire.toISOString()
      const more = place === first.length - 1 ? count - first.length : 0
      return { day: day(at), at, kind: 'planned', workflowId, workflowName, run: null, passed: null, more }
    }),
  )
}
