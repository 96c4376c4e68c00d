import type { WorkflowDocument } from '#schemas/workflow.ts'

/** Where the draft stands against the server. */
export type SaveState<Current> =
  | { readonly kind: 'saved'; readonly at: number | null }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** The server cannot be reached; it is tried again by itself. */
  | { readonly kind: 'offline' }
  /** The server does not take the document; typing on tries again. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Somebody else saved meanwhile: a person must say whose draft stays. Nothing is saved until then. */
  | { readonly kind: 'conflict'; readonly current: Current; readonly revision: number }

/** What became of one attempt to save. */
export type SaveAnswer<Current> =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'stale'; readonly current: Current; readonly revision: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly message: string }

export interface AutosaveOptions<Current> {
  readonly revision: number
  readonly save: (document: WorkflowDocument, revision: number) => Promise<SaveAnswer<Current>>
  readonly onState: (state: SaveState<Current>) => void
  /** Milliseconds after the last change; at most 1,000 by the product's promise. */
  readonly delay?: number
  /** Milliseconds until an unreachable server is tried again: first, and the longest pause. */
  readonly retry?: { readonly first: number; readonly longest: number }
}

const DELAY = 700

/**
 * Saves the draft by itself: shortly after the last change, one save at a time, each with the revision it was made from, so that two
 * tabs never overwrite each other silently.
 */
export class Autosave<Current> {
  readonly #options: AutosaveOptions<Current>
  #revision: number
  #wanted: WorkflowDocument | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  #attempts = 0
  #conflict = false
  #stopped = false

  constructor(options: AutosaveOptions<Current>) {
    this.#options = options
    this.#revision = options.revision
  }

  /** Revision of the last draft that both sides know. */
  get revision(): number {
    return this.#revision
  }

  /** Is there something that the server does not have yet? */
  get dirty(): boolean {
    return this.#wanted !== null || this.#running !== null
  }

  /** The draft changed: it will be saved soon. */
  changed(document: WorkflowDocument): void {
    this.#wanted = document
    if (this.#conflict || this.#stopped) return
    if (this.#running === null) this.#options.onState({ kind: 'unsaved' })
    this.#schedule(this.#options.delay ?? DELAY)
  }

  /** Saves now what is not saved yet. True: the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#running
    if (this.#wanted !== null && !this.#conflict && !this.#stopped) await this.#start()
    return this.#wanted === null && this.#running === null && !this.#conflict
  }

  /** Answer to a conflict: my draft shall stand over the newer one of that revision. */
  async keepMine(document: WorkflowDocument, revision: number): Promise<boolean> {
    this.#conflict = false
    this.#revision = revision
    this.#wanted = document
    return this.flush()
  }

  /** Answer to a conflict: the newer draft was taken; go on from its revision. */
  takeTheirs(revision: number): void {
    this.#conflict = false
    this.#revision = revision
    this.#wanted = null
    clearTimeout(this.#timer)
    this.#options.onState({ kind: 'saved', at: Date.now() })
  }

  /** The network is back: do not wait for the next try. */
  retryNow(): void {
    if (this.#wanted !== null && this.#running === null) this.#schedule(0)
  }

  /** No further saves. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#start(), delay)
  }

  #start(): Promise<void> {
    if (this.#running !== null) return this.#running
    const document = this.#wanted
    if (document === null || this.#conflict || this.#stopped) return Promise.resolve()
    this.#options.onState({ kind: 'saving' })
    this.#running = this.#options
      .save(document, this.#revision)
      .catch((): SaveAnswer<Current> => ({ kind: 'offline' }))
      .then((answer) => {
        this.#running = null
        this.#settle(document, answer)
      })
    return this.#running
  }

  #settle(document: WorkflowDocument, answer: SaveAnswer<Current>): void {
    if (answer.kind === 'saved') {
      this.#attempts = 0
      this.#revision = answer.revision
      if (this.#wanted === document) {
        this.#wanted = null
        this.#options.onState({ kind: 'saved', at: Date.now() })
      } else {
        this.#options.onState({ kind: 'unsaved' })
        if (!this.#stopped) this.#schedule(this.#options.delay ?? DELAY)
      }
      return
    }
    if (answer.kind === 'stale') {
      this.#conflict = true
      this.#options.onState({ kind: 'conflict', current: answer.current, revision: answer.revision })
      return
    }
    this.#options.onState(answer)
    // A refused document is tried again when it changes; an unreachable server by itself.
    if (answer.kind === 'offline' && !this.#stopped) this.#schedule(this.#pause())
  }

  #pause(): number {
    const { first, longest } = this.#options.retry ?? { first: 1500, longest: 20_000 }
    this.#attempts += 1
    return Math.min(longest, first * 2 ** (this.#attempts - 1))
  }
}
