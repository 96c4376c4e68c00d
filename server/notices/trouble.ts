import type { TextFields } from '#schemas/localized.ts'
import type { NoticeKind } from '#schemas/notice-kinds.ts'
import type { NoticeCode } from '#schemas/notice-texts.ts'

/** Something that is wrong now, as a rule found it. What has the same workspace, kind and subject is the same trouble: one notice. */
export interface Trouble {
  readonly workspaceId: string
  readonly kind: NoticeKind
  /** `run:<id>`, `workflow:<id>`, `connection:<id>`, `worker:<no>`, `workers`. */
  readonly subject: string
  readonly runId: string | null
  readonly workflowId: string | null
  readonly connectionId: string | null
  readonly code: NoticeCode
  /** Names of workflows and connections, numbers, codes: nothing of a recipient. */
  readonly fields: TextFields
  /** Of the happening: a higher one than last time means that it happened again. 0: there is no such number. */
  readonly mark: number
}

/** Something went well that had been a trouble. `upTo`: only of happenings up to this mark; a later one is not mended by it. */
export interface Ended {
  readonly workspaceId: string
  readonly kind: NoticeKind
  readonly subject: string
  readonly upTo: number
}

/**
 * What a rule found.
 * `lasting`: all of its kind (and codes) that are there now; what is not among them has ended.
 * `happened`: new happenings; they end by `ended` alone.
 */
export interface Findings {
  readonly lasting: readonly {
    readonly kind: NoticeKind
    readonly codes: readonly NoticeCode[]
    readonly troubles: readonly Trouble[]
  }[]
  readonly happened: readonly Trouble[]
  readonly ended: readonly Ended[]
}
