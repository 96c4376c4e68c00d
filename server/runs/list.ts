import type { Language } from '#schemas/localized.ts'
import type { RunPage } from '#schemas/api/runs.ts'
import type { RunItem } from '#schemas/run.ts'
import { RUN_STATES } from '#schemas/states.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { cursorParts } from '#server/paging.ts'
import type { RunFactsDeps } from './facts.ts'
import { outcomesOf } from './outcomes.ts'
import { isOver, RUN_COLUMNS, RUN_TABLES, toRunItem, type RunRow } from './run-row.ts'
import { readSums } from './sums.ts'

export interface RunFilter {
  readonly workspaceId: string
  readonly limit: number
  readonly cursor?: string | undefined
  readonly workflowId?: string | undefined
  /** One state or several, with commas between. */
  readonly state?: string | undefined
  readonly language: Language
}

function statesOf(text: string | undefined): number[] | null {
  if (text === undefined || text === '') return null
  return text.split(',').map((name) => {
    const number = RUN_STATES.findIndex((state) => state === name.trim())
    if (number < 0) throw new AppError('invalid-request', { detail: `state: ${name.trim()} (${RUN_STATES.join(', ')})` })
    return number
  })
}

const UUID = /^[0-9a-f-]{36}$/

/** A page of runs, newest first: one question for the runs, one for the counters of those that go on. @throws AppError `invalid-request` */
export async function listRuns(deps: Pick<RunFactsDeps, 'pool' | 'known'>, filter: RunFilter): Promise<RunPage> {
  const after = cursorParts(filter.cursor, 2)
  if (filter.workflowId !== undefined && !UUID.test(filter.workflowId)) return { items: [], nextCursor: null }
  const { rows } = await deps.pool.query<RunRow>(
    `select ${RUN_COLUMNS} from ${RUN_TABLES}
     where r.workspace_id = $1 and ($2::uuid is null or r.workflow_id = $2) and ($3::smallint[] is null or r.state = any($3))
       and ($4::timestamptz is null or (r.started_at, r.id) < ($4, $5::uuid))
     order by r.started_at desc, r.id desc limit $6`,
    [
      filter.workspaceId,
      filter.workflowId ?? null,
      statesOf(filter.state),
      after?.[0] ?? null,
      after?.[1] ?? null,
      filter.limit + 1,
    ],
  )
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: await toRunItems(deps, page, filter.language),
    nextCursor: rows.length > filter.limit && last ? `${last.started_at} ${last.id}` : null,
  }
}

/** Rows as lists show them, with what is true now of those that go on. */
export async function toRunItems(
  deps: Pick<RunFactsDeps, 'pool' | 'known'>,
  rows: readonly RunRow[],
  language: Language,
): Promise<RunItem[]> {
  const going = rows.filter((row) => !isOver(row))
  const [sums, ...plans] = await Promise.all([
    readSums(
      deps.pool,
      going.map(({ run_no }) => Number(run_no)),
    ),
    ...going.map(({ id }) => deps.known.get(id)),
  ])
  const planOf = new Map(going.map(({ id }, index) => [id, plans[index]?.plan ?? null]))
  return rows.map((row) =>
    toRunItem(row, { outcomes: outcomesOf(row, planOf.get(row.id) ?? null, sums.get(Number(row.run_no))), language }),
  )
}
