import { MESSAGE_STATES, type MessageState } from '#schemas/states.ts'

/**
 * The legal moves of a message. Reports come late and in any order, so only moves forward are legal: nothing takes a delivery back.
 * An `errored` attempt is one that a later row repeats: a retry's, or one that a person wished to send again; a report that comes for it
 * all the same is true.
 */
export const MESSAGE_MOVES: Readonly<Record<MessageState, readonly MessageState[]>> = {
  pending: ['sending', 'failed', 'skipped', 'expired', 'cancelled'],
  sending: ['pending', 'sent', 'errored', 'failed', 'unconfirmed'],
  sent: ['delivered', 'converted', 'failed'],
  delivered: ['converted'],
  converted: [],
  errored: ['delivered', 'converted'],
  failed: ['delivered', 'converted', 'errored'],
  skipped: ['errored'],
  expired: ['errored'],
  cancelled: ['errored'],
  unconfirmed: ['sent', 'delivered', 'converted', 'failed', 'errored'],
}

/** Best first: a recipient's outcome is the best state among all of its messages. */
export const MESSAGE_RANK: readonly MessageState[] = [
  'converted',
  'delivered',
  'sent',
  'unconfirmed',
  'failed',
  'expired',
  'cancelled',
  'skipped',
  'errored',
  'sending',
  'pending',
]

/** The number of a message's state in the database: its place in MESSAGE_STATES. */
export function messageStateNumber(state: MessageState): number {
  return MESSAGE_STATES.indexOf(state)
}

/** The state behind a number of the database. Throws for a number that no state has. */
export function messageStateOf(number: number): MessageState {
  const state = MESSAGE_STATES[number]
  if (!state) throw new Error(`There is no message state ${number}`)
  return state
}

/** Numbers of the states from which a message may go to `state`: what an update names in its `where`. */
export function messageStatesBefore(state: MessageState): number[] {
  return MESSAGE_STATES.filter((from) => MESSAGE_MOVES[from].includes(state)).map(messageStateNumber)
}
