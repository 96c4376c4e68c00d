import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'
import type { Run } from '#schemas/run.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Clock } from '#runtime/sdk/index.ts'
import { innerStepsOf } from '#runtime/inner/pinned.ts'
import { limitOfRun } from '#server/limits/run-limit.ts'
import { actionsOf, stoppingOf } from './actions.ts'
import { costOf } from './costs.ts'
import { Excluded } from './excluded.ts'
import { expiresAtOf } from './expires-at.ts'
import type { KnownRuns } from './known-runs.ts'
import { nodesOf } from './node-facts.ts'
import { outcomesOf } from './outcomes.ts'
import { NeverSent } from './never-sent.ts'
import { meanRate, paceOf } from './pace.ts'
import { personalDataOf } from './personal-data.ts'
import { recipientsOf, toRunItem, type PinnedRunRow } from './run-row.ts'
import { readSums } from './sums.ts'
import { warningsOf } from './warnings.ts'

export interface RunFactsDeps {
  readonly pool: Pool
  readonly registry: Pick<Registry, 'provider'>
  readonly known: KnownRuns
  readonly clock: Clock
}

/** Everything that moves while a run goes on. */
export type RunNow = Omit<Run, 'document' | 'inner' | 'summaries' | 'repeats' | 'personalData'>

/** Reads what is true of a run now: from its row, its chunks' counters and the reports. */
export class RunFactsReader {
  readonly #deps: RunFactsDeps
  readonly #excluded: Excluded
  readonly #neverSent: NeverSent

  constructor(deps: RunFactsDeps) {
    this.#deps = deps
    this.#excluded = new Excluded(deps.pool)
    this.#neverSent = new NeverSent(deps.pool)
  }

  /** `rate`: measured by who watches; without it the mean of the whole time. */
  async read(row: PinnedRunRow, { language, rate }: { language: Language; rate?: number | null }): Promise<RunNow> {
    const { pool, known, registry, clock } = this.#deps
    const runNo = Number(row.run_no)
    const [sumsOf, open] = await Promise.all([readSums(pool, [runNo]), known.get(row.id)])
    const read = sumsOf.get(runNo)
    const sums = row.kept?.sums ?? (read && { ...read, neverSent: await this.#neverSent.read(runNo, read) })
    const plan = open?.plan ?? null
    const outcomes = outcomesOf(row, plan, sums)
    const excluded = row.kept?.excluded ?? (await this.#excluded.read(runNo, sums))
    const recipients = recipientsOf(row)
    const toSend = recipients === null ? null : recipients - Object.values(excluded).reduce((sum, count) => sum + count, 0)
    const limit = await limitOfRun(pool, row, { plan, language })
    const now = clock.now()
    return {
      ...toRunItem(row, { outcomes, language }),
      toSend,
      excluded,
      nodes: nodesOf(plan, sums),
      ...paceOf(row, { sums, outcomes, rate: rate === undefined ? meanRate(row, outcomes, now) : rate, limit, language, now }),
      cost: await costOf(plan && { plan, pinned: row.pinned }, { pool, registry, workspaceId: row.workspace_id, sums, toSend }),
      stopping: stoppingOf(row, sums),
      actions: actionsOf(row, sums),
      warnings: warningsOf(plan, sums, language),
      expiresAt: await expiresAtOf(pool, row, plan),
      lawHolds: row.law?.holds ?? null,
    }
  }

  /** The whole answer of `GET /api/runs/:id`. */
  async readWhole(row: PinnedRunRow, language: Language): Promise<Run> {
    return {
      ...(await this.read(row, { language })),
      document: row.pinned.document,
      inner: innerStepsOf(row.pinned),
      summaries: row.summaries,
      repeats: row.repeats,
      personalData: personalDataOf(row),
    }
  }
}
