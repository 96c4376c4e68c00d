import Type, { type Static } from 'typebox'

const literals = <const T extends readonly string[]>(names: T) => Type.Enum(names)

/** waiting: nothing was sent yet, or all open chunks lie in the future. paused: sending was stopped. */
export const RUN_STATES = [
  'queued',
  'preparing',
  'waiting',
  'sending',
  'paused',
  'settling',
  'completed',
  'failed',
  'cancelled',
] as const
export const RunState = literals(RUN_STATES)
export type RunState = (typeof RUN_STATES)[number]

/**
 * States of a message. `pending` and `sending` are never stored: they are counted from the chunk.
 * The number of a state in the database is its place in this list; new ones are appended only.
 */
export const MESSAGE_STATES = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'converted',
  'errored',
  'failed',
  'skipped',
  'expired',
  'cancelled',
  'unconfirmed',
] as const
export const MessageState = literals(MESSAGE_STATES)
export type MessageState = (typeof MESSAGE_STATES)[number]

/** How many recipients (or messages) are in each state. */
export const StateCounts = Type.Record(Type.String(), Type.Integer())
export type StateCounts = Static<typeof StateCounts>
