/** How a call went, as far as its provider's health is concerned. */
export type CallHealth =
  /** It answered, whatever it said of the messages. */
  | { readonly kind: 'answered' }
  /** It could not be reached, or did not say what became of the call. */
  | { readonly kind: 'failed' }
  /** It asked for fewer calls; `retryAfterMs`: and said when. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number | undefined }

/** Leave to make one call. It must be ended: by how the call went, or as unused. */
export interface Leave {
  readonly kind: 'go'
  /** `performance.now()` at which the call may begin. */
  readonly at: number
  /** Messages it may carry; 0: it was asked for a call that carries none. */
  readonly rows: number
  /** The one call that finds out whether a provider that failed works again. */
  readonly probe: boolean
  /** The call carries only so many messages: what is left of the limit goes to others. */
  carries(messages: number): void
  ended(health: CallHealth): void
  /** No call was made. */
  unused(): void
}

/** No call may be made now. */
export interface Wait {
  readonly kind: 'wait'
  /** So long, as far as is known; a whole number. */
  readonly ms: number
  /** True: nobody may call meanwhile, so everything that is open may wait that long. False: others have their turn. */
  readonly everybody: boolean
}

/** How long somebody waits for leave. */
export interface Patience {
  readonly patienceMs: number
  /** Nothing is to be sent any more. */
  readonly stopped: () => boolean
}

/** Who may call over one connection and when, shared by all workers on all machines. Waiting for it uses up no attempt. */
export interface Gate {
  /** Rows that one call may carry: the provider's batch, or what a limit lets out to bulk in two seconds. */
  readonly slice: number
  /** Calls that one lane may keep in flight where a call carries one message. */
  readonly window: number
  /** Leave that is at hand, without asking anybody. Null: ask. */
  tryAsk(rows: number): Leave | null
  /** Asks for leave; waits up to `patienceMs` for it, shorter when `stopped` says so. */
  ask(rows: number, options: Patience): Promise<Leave | Wait>
}
