import type { Static, TSchema } from 'typebox'
import type { Localized } from '#schemas/localized.ts'
import type { AppError } from './app-error.ts'
import type { Clock, Log } from './context.ts'
import type { Composed } from './node.ts'
import { withPrices } from './prices.ts'
import { sensibleWait } from './retry-after.ts'

/**
 * What an answer of a provider means (architecture.md "Outcome of a call").
 * temporary: not accepted for certain, tried again · unknown: cannot be told, never tried again by itself · recipient, content: final
 * · configuration: stops the run, a person must mend the connection.
 */
export type FailureClass = 'temporary' | 'unknown' | 'recipient' | 'content' | 'opted-out' | 'configuration'

/** One message as a provider gets it. */
export interface OutgoingMessage {
  /** Our public id of this attempt: the same on every technical retry of the attempt; carried through to the provider where it can. */
  readonly key: string
  /** Korean numbers as local digits, others E.164. */
  readonly to: string
  readonly composed: Composed
}

/** The rows of a chunk that one call carries. */
export interface Slice {
  /** Our id of the slice: `run-node-chunk-from`. */
  readonly key: string
  readonly channel: string
  readonly messages: readonly OutgoingMessage[]
}

/** What became of one message of a slice; one per message, in order. */
export type SendResult =
  | { readonly state: 'sent'; readonly providerId: string | null }
  | { readonly state: 'failed'; readonly class: FailureClass; readonly code: string; readonly detail: string }

/** Throw this from `send` (or `begin`) when the whole call failed. Anything else that is thrown counts as unknown. */
export class CallFailed extends Error {
  readonly class: FailureClass
  readonly error: AppError
  /** Whole ms, between a second and an hour, whatever was asked for. */
  readonly retryAfterMs: number | undefined

  constructor(failure: FailureClass, error: AppError, retryAfterMs?: number) {
    super(error.message, { cause: error })
    this.name = 'CallFailed'
    this.class = failure
    this.error = error
    this.retryAfterMs = sensibleWait(retryAfterMs)
  }
}

/** A later word of the provider about a message. */
export interface Report {
  readonly key: string | null
  readonly providerId: string | null
  readonly state: 'delivered' | 'failed'
  readonly code: string | null
  readonly detail: string | null
  readonly class: FailureClass | null
  readonly at: string
}

export interface ProviderContext {
  readonly log: Log
  readonly clock: Clock
  /** HTTP through the guarded egress; a refused connection or DNS failure throws `CallFailed('temporary')`, a time-out or reset `CallFailed('unknown')`. */
  readonly http: ProviderHttp
}

export interface ProviderHttp {
  request(options: {
    method: 'GET' | 'POST' | 'PUT' | 'DELETE'
    url: string
    headers?: Record<string, string>
    /** Text goes as UTF-8. */
    body?: string | Uint8Array
    timeoutMs: number
    signal: AbortSignal
  }): Promise<{ status: number; headers: Record<string, string>; body: string }>
}

/** Channels and templates that workflows of this connection name. */
export interface StandingWanted {
  readonly channels: readonly string[]
  readonly templates: readonly string[]
}

/** How a template stands at the provider. */
export type TemplateStanding = 'approved' | 'pending' | 'rejected' | 'missing'

/** What an account has of what real sending needs. What the provider does not tell is left out. */
export interface AccountStanding {
  /** KRW. */
  readonly balance?: number
  /** May the connection's sender number be used? */
  readonly sender?: boolean
  readonly channels?: Readonly<Record<string, boolean>>
  readonly templates?: Readonly<Record<string, TemplateStanding>>
}

/** One connection's provider, ready to work. Two to seven verbs. */
export interface ProviderSession {
  /** Are key, sender and account right? Throws `CallFailed('configuration')`. Answers facts for people (balance, numbers). */
  validate(signal: AbortSignal): Promise<Record<string, unknown>>
  /** Asks how the account stands; changes nothing. Throws `CallFailed('configuration')` for a wrong key. */
  standing?(wanted: StandingWanted, signal: AbortSignal): Promise<AccountStanding>
  /** Makes the provider's own handle for a slice (a SOLAPI group) before anything is sent; it is committed before `send`. */
  begin?(slice: Slice, signal: AbortSignal): Promise<string>
  /** `said`: tell it the body of each request that carries messages, as it goes out: the proof of what was said is made of it. */
  send(
    slice: Slice,
    options: { handle: string | null; signal: AbortSignal; timeoutMs: number; said?: (body: Uint8Array | string) => void },
  ): Promise<readonly SendResult[]>
  /** Which of these keys did the provider accept? Only what it knows for certain is answered. */
  lookup?(slice: Slice, options: { handle: string | null; signal: AbortSignal }): Promise<ReadonlyMap<string, SendResult>>
  /** Makes a handle that was not sent yet unusable; true: it certainly never will be sent. */
  fence?(handle: string, signal: AbortSignal): Promise<boolean>
  /** Reports of a handle since `cursor`. `done`: nothing more will come. */
  poll?(
    handle: string,
    options: { cursor: string | null; signal: AbortSignal },
  ): Promise<{ reports: readonly Report[]; cursor: string | null; done: boolean }>
}

/** So many in any window of that length. */
export interface Allowance {
  readonly count: number
  readonly perMs: number
}

/**
 * What a provider allows one account, in its own units. All workers on all machines share it; who has to wait for it uses up no attempt.
 * @example { batch: 1000, timeoutMs: 20_000, calls: { count: 100, perMs: 5_000 }, listingLagMs: 20_000 }
 */
export interface ProviderLimits {
  /** Messages one call can carry. With 1, a lane keeps many calls in flight. */
  readonly batch: number
  /** Longest time a call may take. */
  readonly timeoutMs: number
  /** Requests that the provider allows in a window. */
  readonly calls?: Allowance
  /** Requests that sending one slice takes, all counted by `calls`; default 1. */
  readonly requestsPerSlice?: number
  /** Messages that the provider allows in a window. */
  readonly messages?: Allowance
  /** Messages a day, in the workspace's time zone. */
  readonly perDay?: number
  /** Calls in flight at once. */
  readonly concurrency?: number
  /** Longest time from a request to its being listed by `lookup`. */
  readonly listingLagMs?: number
}

export interface ProviderSpec<Settings extends TSchema, Secrets extends TSchema> {
  /** The connection's kind: `sandbox`, `solapi`. */
  kind: string
  title: Localized
  help?: Localized
  channels: readonly string[]
  settings: Settings
  secrets: Secrets
  /** What the provider allows; a connection's settings may lower it (`limitSettings`). */
  limits: ProviderLimits
  /** Price of one message by kind in KRW, where it is known beforehand; a connection's own prices go before it. */
  prices?: Readonly<Record<string, number>>
  /** The vendor's error codes: what they mean, in words. Codes that are missing here are `unknown` for the whole call, `content` in a per-message answer. */
  errors: Readonly<Record<string, { class: FailureClass; text: Localized }>>
  open(connection: { settings: Static<Settings>; secrets: Static<Secrets> }, context: ProviderContext): ProviderSession
}

export type ProviderType = ProviderSpec<TSchema, TSchema>

/** Declares a provider; the file's default export. One vendor, one file. Its connections can say what a message costs them. */
export function defineProvider<const Settings extends TSchema, const Secrets extends TSchema>(
  spec: ProviderSpec<Settings, Secrets>,
): ProviderType {
  // Connections are checked with ajv against both schemas before `open` is called.
  return { ...spec, settings: withPrices(spec.settings, spec.channels) } as unknown as ProviderType
}
