import type { Localized } from '#schemas/localized.ts'

/** One thing that every node type has to keep. */
export interface NodeCheck {
  readonly name: Localized
  /** What is wrong, one sentence each; none: it is kept. */
  readonly run: () => readonly string[] | Promise<readonly string[]>
}
