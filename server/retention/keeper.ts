import type { Pool, PoolClient } from 'pg'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { databaseNow } from '#server/database/now.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { Box } from '#server/secrets/box.ts'
import { keepOpenRuns } from '#server/events/keep-open-runs.ts'
import { foldTotals } from '#server/totals/fold.ts'
import { summariseRanges } from '#server/totals/summarise.ts'
import { deleteByAge } from './by-age.ts'
import { dropOldMonths } from './drop-months.ts'
import { dropOldUploads, dropOldVersions } from '#server/lists/drop-versions.ts'
import { finishErasures } from './erase-person.ts'

/** One process of all tidies up at a time; the lock goes when it dies. */
const KEEPER_LOCK = 7008
const MINUTE = 60_000

export interface KeeperDeps {
  readonly pool: Pool
  readonly log: Log
  /** For its sleep: what is old is judged by the database's clock. */
  readonly clock: Pick<Clock, 'sleep'>
  /** For tests: what time it is. */
  readonly now?: () => Date
  readonly boxes: { readonly listKeys: Box; readonly runKeys: Box; readonly samples: Box; readonly workspace: Box }
  /** For tests: time between two rounds, ms; default a minute. */
  readonly everyMs?: number
}

interface Task {
  readonly name: string
  /** Done again when the last time is longer ago, minutes. */
  readonly everyMinutes: number
  run(deps: KeeperDeps, round: { now: Date; stopped: () => boolean }): Promise<unknown>
}

// In this order: nothing is deleted that is not counted yet.
const tasks: readonly Task[] = [
  { name: 'totals', everyMinutes: 0, run: ({ pool }, { stopped }) => foldTotals(pool, stopped) },
  { name: 'ranges', everyMinutes: 0, run: ({ pool }, { now }) => summariseRanges(pool, now) },
  { name: 'partitions', everyMinutes: 24 * 60, run: ({ pool }, { now }) => ensurePartitions(pool, now) },
  {
    name: 'erasures',
    everyMinutes: 60,
    run: ({ pool, boxes: { workspace, ...keys } }) => finishErasures({ pool, ...keys, workspaceKeys: workspace }),
  },
  { name: 'open-runs', everyMinutes: 60, run: ({ pool, log }, { now }) => keepOpenRuns({ pool, log, now }) },
  { name: 'lists', everyMinutes: 60, run: ({ pool }, { now }) => dropOldVersions(pool, now) },
  { name: 'list-uploads', everyMinutes: 60, run: ({ pool }, { now }) => dropOldUploads(pool, now) },
  { name: 'ages', everyMinutes: 60, run: ({ pool }, { now }) => deleteByAge(pool, now) },
  { name: 'months', everyMinutes: 24 * 60, run: ({ pool, log }, { now }) => dropOldMonths(pool, { now, log }) },
]

/** Tidies up once, if no other process does and it is time. One task that fails does not keep the others from their work. */
export async function tidyOnce(deps: KeeperDeps, stopped: () => boolean = () => false): Promise<'done' | 'elsewhere'> {
  return withClient(deps.pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [KEEPER_LOCK])
    if (!rows[0]?.mine) return 'elsewhere'
    try {
      for (const task of tasks) {
        if (stopped()) break
        await runTask(deps, { client, task, stopped })
      }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [KEEPER_LOCK])
    }
    return 'done'
  })
}

async function runTask(
  deps: KeeperDeps,
  { client, task, stopped }: { client: PoolClient; task: Task; stopped: () => boolean },
): Promise<void> {
  // A machine whose clock is a year ahead must not delete a year.
  const now = deps.now?.() ?? (await databaseNow(client))
  const { rows } = await client.query('select 1 from keeper where task = $1 and done_at > $2', [
    task.name,
    new Date(now.getTime() - task.everyMinutes * MINUTE),
  ])
  if (rows.length > 0) return
  try {
    await task.run(deps, { now, stopped })
    await client.query(
      'insert into keeper (task, done_at) values ($1, $2) on conflict (task) do update set done_at = excluded.done_at',
      [task.name, now],
    )
  } catch (error) {
    deps.log.warn('Tidying up failed; it is tried again', {
      task: task.name,
      detail: error instanceof Error ? error.message : String(error),
    })
  }
}

/** Tidies up once a minute, in every worker; one of them at a time does the work. */
export function startKeeper(deps: KeeperDeps): { stop(): Promise<void> } {
  const ended = new AbortController()
  const loop = (async () => {
    while (!ended.signal.aborted) {
      await deps.clock.sleep(deps.everyMs ?? MINUTE, ended.signal).catch(() => undefined)
      if (ended.signal.aborted) return
      await tidyOnce(deps, () => ended.signal.aborted).catch((error: unknown) =>
        deps.log.warn('Tidying up failed; it is tried again', {
          task: 'all',
          detail: error instanceof Error ? error.message : String(error),
        }),
      )
    }
  })()
  return {
    async stop() {
      ended.abort()
      await loop
    },
  }
}
