/** Provider types of the torture (torture/plugins): what can be asked of them, and how many messages a call carries. */
export type Channel = 'blind' | 'lookup' | 'groups' | 'one-blind' | 'one-lookup'

/** Messages a call, where it carries several (torture/provider/provider.ts). */
export const BATCH = 100

/** Calls at once over all workers; with several messages a call each is a lane. */
export const LANES = 4
/** The same where a call carries one message: each of the lanes then keeps a window of calls (runtime/run/window.ts). */
export const CALLS_AT_ONCE = 32

/** Each call carries one message. */
export const carriesOne = (channel: Channel): boolean => channel.startsWith('one-')

/** Nobody can be asked what became of a call. */
export const isBlind = (channel: Channel): boolean => channel.endsWith('blind')

/** The connection's setting `concurrency`. */
export const concurrencyOf = (channel: Channel): number => (carriesOne(channel) ? CALLS_AT_ONCE : LANES)

/** Messages that all lanes together have claimed and not recorded, at most, where nobody can be asked about them. */
export const mostClaimed = (channel: Channel): number => LANES * (carriesOne(channel) ? CALLS_AT_ONCE : BATCH)

/** Messages whose calls are under way, at most. */
export const mostInFlight = (channel: Channel): number => concurrencyOf(channel) * (carriesOne(channel) ? 1 : BATCH)
