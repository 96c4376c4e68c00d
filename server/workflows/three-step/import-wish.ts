import type { Language } from '#schemas/localized.ts'

/** Who imports, and what the file does not say. */
export interface ImportWish {
  readonly workspaceId: string
  readonly actor: string
  readonly language: Language
  readonly signal: AbortSignal
  readonly connection?: string | undefined
  readonly provider?: string | undefined
}
