import { DEFAULT_CONCURRENCY, type Allowance, type ProviderLimits } from '#runtime/sdk/index.ts'

/** A slow limit lets out small slices, so that there are no bursts and a pause is felt. */
const SLICE_MS = 2_000
const DEFAULT_RESERVED_PERCENT = 10

/** Which sends may use what: bulk leaves a share of each window to single sends. */
export type SendClass = 'bulk' | 'single'

/** What is in force on a connection: the provider's limits, lowered by the connection's settings. */
export interface Rates {
  readonly calls: Allowance | null
  readonly messages: Allowance | null
  readonly perDay: number | null
  readonly concurrency: number | null
  /** Part of each window that bulk leaves to single sends, 0 to 0.9. */
  readonly reserved: number
  /** Requests that one slice takes. */
  readonly requests: number
  /** Rows that one call may carry. */
  readonly slice: number
}

/** What one call costs on the shared line, ms of it. */
export interface Cost {
  /** Time that passes until the next call may begin. */
  readonly lineMs: number
  /** The same on the line that is kept for single sends; null: there is none, or it is too small to hold one call. */
  readonly reserveMs: number | null
  /** So much of the kept line may be used at once, ms. */
  readonly reserveBurstMs: number
}

/**
 * `settings`: the connection's, by the names that `limitSettings` gives them. `forms`: the provider has such fields, so that what its form
 * shows as default holds.
 */
export function ratesOf(
  limits: ProviderLimits,
  settings: Readonly<Record<string, unknown>>,
  { forms }: { forms: boolean },
): Rates {
  const calls = lower(limits.calls ?? null, positive(settings['callsPerWindow']), limits.calls?.perMs ?? 1000)
  const perSecond = positive(settings['messagesPerSecond'])
  const messages = slower(limits.messages ?? null, perSecond === null ? null : { count: perSecond, perMs: 1000 })
  const wanted = positive(settings['concurrency']) ?? (forms ? DEFAULT_CONCURRENCY : null)
  const percent = settings['reservedPercent']
  const reserved = (typeof percent === 'number' ? Math.min(Math.max(percent, 0), 90) : DEFAULT_RESERVED_PERCENT) / 100
  // Of the part of the line that bulk may fill: a lane waits so long for its next slice with the chunk in its hands, and no longer.
  const letsOut = messages ? Math.floor((messages.count * SLICE_MS * (1 - reserved)) / messages.perMs) : Number.POSITIVE_INFINITY
  return {
    calls,
    messages,
    perDay: least(limits.perDay ?? null, positive(settings['messagesPerDay'])),
    concurrency: least(limits.concurrency ?? null, wanted),
    reserved,
    requests: limits.requestsPerSlice ?? 1,
    slice: Math.max(1, Math.min(1000, limits.batch, letsOut)),
  }
}

/** Does anything have to be asked of the shared row before a call? */
export function isRated(rates: Rates): boolean {
  return rates.calls !== null || rates.messages !== null || rates.perDay !== null
}

/**
 * The cost of a call of `messages`. The sum over a window of any calls that were begun at their time never exceeds what is allowed: bulk
 * has (1 − reserved) of the line. The kept line fills half of the reserved share over a window and holds the other half as a burst.
 */
export function costOf(rates: Rates, { messages, kind }: { messages: number; kind: SendClass }): Cost {
  const whole = windowShare(rates, messages)
  const lineMs = whole === null ? 0 : whole.ms / (1 - rates.reserved)
  if (kind === 'bulk' || whole === null || rates.reserved === 0) return { lineMs, reserveMs: null, reserveBurstMs: 0 }
  const reserveMs = (2 * whole.ms) / rates.reserved
  // A share that holds less than two such calls would let out one too many.
  return { lineMs, reserveMs: reserveMs <= whole.perMs ? reserveMs : null, reserveBurstMs: whole.perMs }
}

/** Rows of one call of this kind: single sends take no more than the kept line holds, so that they need not wait for bulk. */
export function sliceOfKind(rates: Rates, kind: SendClass): number {
  if (kind === 'bulk' || rates.messages === null) return rates.slice
  return Math.max(1, Math.min(rates.slice, Math.floor((rates.messages.count * rates.reserved) / 2)))
}

/** Messages of a day that sends of this kind may use up. */
export function dayShare(rates: Rates, kind: SendClass): number | null {
  if (rates.perDay === null || kind === 'single') return rates.perDay
  return Math.max(1, Math.floor(rates.perDay * (1 - rates.reserved)))
}

/** What the tighter of both limits takes for such a call, at the full rate. */
function windowShare(rates: Rates, messages: number): { unit: 'calls' | 'messages'; ms: number; perMs: number } | null {
  const byCalls = rates.calls && {
    unit: 'calls' as const,
    ms: (rates.calls.perMs / rates.calls.count) * rates.requests,
    perMs: rates.calls.perMs,
  }
  const byMessages = rates.messages && {
    unit: 'messages' as const,
    ms: (rates.messages.perMs / rates.messages.count) * messages,
    perMs: rates.messages.perMs,
  }
  if (!byCalls || !byMessages) return byCalls ?? byMessages
  return byCalls.ms >= byMessages.ms ? byCalls : byMessages
}

/** The limit that a call of so many messages waits for, as it is shown. */
export function limitingRate(
  rates: Rates,
  messages: number,
): { unit: 'calls' | 'messages'; count: number; perMs: number } | null {
  const whole = windowShare(rates, messages)
  if (!whole) return null
  const limit = whole.unit === 'calls' ? rates.calls : rates.messages
  return limit && { unit: whole.unit, count: limit.count, perMs: limit.perMs }
}

function lower(limit: Allowance | null, count: number | null, perMs: number): Allowance | null {
  if (count === null) return limit
  return { count: limit ? Math.min(limit.count, count) : count, perMs }
}

function slower(one: Allowance | null, other: Allowance | null): Allowance | null {
  if (!one || !other) return one ?? other
  return one.count / one.perMs <= other.count / other.perMs ? one : other
}

function least(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1 ? value : null
}
