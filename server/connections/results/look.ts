import type { PreviewUse } from './for-preview.ts'

/** What is to be told of the results that one look showed. */
export interface LookFacts {
  /** Of the oldest, ISO. */
  readonly keptAt?: string
  readonly cut?: readonly { readonly connection: string; readonly rows: number }[]
}

/** One look at data, and what it saw. */
export class Look implements PreviewUse {
  readonly fresh: boolean
  #keptAt: number | null = null
  readonly #cut = new Map<string, number>()

  constructor({ fresh = false }: { fresh?: boolean | undefined } = {}) {
    this.fresh = fresh
  }

  kept(at: number): void {
    this.#keptAt = Math.min(this.#keptAt ?? at, at)
  }

  cut(connectionId: string, rows: number): void {
    this.#cut.set(connectionId, rows)
  }

  facts(): LookFacts {
    return {
      ...(this.#keptAt !== null && { keptAt: new Date(this.#keptAt).toISOString() }),
      ...(this.#cut.size > 0 && { cut: [...this.#cut].map(([connection, rows]) => ({ connection, rows })) }),
    }
  }
}
