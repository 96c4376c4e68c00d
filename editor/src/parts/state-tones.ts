import type { MessageState, RunState } from '#schemas/states.ts'
import type { Tone } from './pill.tsx'

export const runTones: Readonly<Record<RunState, Tone>> = {
  queued: 'plain',
  preparing: 'accent',
  waiting: 'warn',
  sending: 'accent',
  paused: 'bad',
  settling: 'accent',
  completed: 'ok',
  failed: 'bad',
  cancelled: 'plain',
}

export const messageTones: Readonly<Record<MessageState, Tone>> = {
  pending: 'plain',
  sending: 'accent',
  sent: 'accent',
  delivered: 'ok',
  converted: 'ok',
  errored: 'warn',
  failed: 'bad',
  skipped: 'plain',
  expired: 'bad',
  cancelled: 'plain',
  unconfirmed: 'warn',
}

/** The colour of a state in bars and legends (a CSS value). `converted` is a paler green than `delivered`: told apart, yet both arrived. */
export const messageColors: Readonly<Record<MessageState, string>> = {
  pending: 'var(--line-strong)',
  sending: 'color-mix(in srgb, var(--accent) 55%, var(--surface))',
  sent: 'var(--accent)',
  delivered: 'var(--ok)',
  converted: 'color-mix(in srgb, var(--ok) 55%, var(--surface))',
  errored: 'color-mix(in srgb, var(--warn) 60%, var(--surface))',
  failed: 'var(--bad)',
  skipped: 'var(--ink-3)',
  expired: 'color-mix(in srgb, var(--bad) 65%, var(--surface))',
  cancelled: 'var(--control)',
  unconfirmed: 'var(--warn)',
}

/** Order in bars, legends and grouped tables: what arrived, what is on its way, what needs a person, who was left out. */
export const MESSAGE_STATE_ORDER: readonly MessageState[] = [
  'delivered',
  'converted',
  'sent',
  'sending',
  'pending',
  'errored',
  'failed',
  'expired',
  'unconfirmed',
  'cancelled',
  'skipped',
]

/** Answers carry states as texts; a newer server may know one that this page does not, which is then shown as it is written. */
export function isRunState(state: string): state is RunState {
  return Object.hasOwn(runTones, state)
}

export function isMessageState(state: string): state is MessageState {
  return Object.hasOwn(messageTones, state)
}
