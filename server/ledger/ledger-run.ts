import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import type { AddressHash } from './address-hash.ts'
import type { Judgement } from './until-judged.ts'

/** What every statement of one run needs. */
export interface LedgerRun {
  readonly pool: Pool
  readonly runNo: number
  /** The run's data key. */
  readonly key: Buffer
  /** Number of this worker: behind it stands the advisory lock (7001, number) that dies with the process. */
  readonly worker: number
  readonly hash: AddressHash
}

/** What the lanes of a stage need of their run. */
export interface SendRun extends LedgerRun {
  readonly plan: Plan
  readonly judgement?: Judgement
}
