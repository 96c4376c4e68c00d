import type { ErrorCode } from '#schemas/errors.ts'
import type { Localized, TextFields } from '#schemas/localized.ts'
import type { Fix, TextPosition } from '#schemas/problem.ts'
import type { ProblemCode } from '#schemas/problems.ts'

/** A problem as a node finds it; the compiler adds whose it is, and the texts from the tables. */
export interface NodeProblem {
  readonly code: ProblemCode | ErrorCode
  /** What the text names; words of their own in both languages. */
  readonly fields?: Readonly<Record<string, TextFields[string] | Localized>>
  /** Path inside the config. */
  readonly field?: string
  readonly position?: TextPosition
  /** Default: the table's, `error` for a code of the error table. */
  readonly severity?: 'error' | 'warning' | 'info'
  readonly fix?: Fix
}
