import type { CellRow } from '../read-cells.ts'
import type { UnreadableReason } from '../unreadable-file.ts'
import type { BigPlan, Portion } from './portions.ts'

/** What the page asks the worker. `next` takes the next portion: none is read before. */
export type ToWorker =
  | { readonly ask: 'open'; readonly file: File; readonly sheet: string | null }
  | { readonly ask: 'read'; readonly plan: BigPlan }
  | { readonly ask: 'next' }

/** What the worker answers, one answer for each question. */
export type FromWorker =
  | {
      readonly answer: 'opened'
      readonly rows: readonly CellRow[]
      readonly sheets: readonly string[]
      readonly sheet: string | null
    }
  | { readonly answer: 'portion'; readonly portion: Portion }
  | { readonly answer: 'end' }
  | { readonly answer: 'failed'; readonly reason: UnreadableReason | null; readonly message: string }
