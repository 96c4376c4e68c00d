import type { Sender } from './sender.ts'

/** A provider that takes one message a call gets many calls at once. One that makes handles gets them one by one: each is committed first. */
export function keepsWindow(sender: Pick<Sender, 'provider' | 'session'>): boolean {
  return sender.provider.limits.batch === 1 && sender.session.begin === undefined
}

/** Rows that a lane claims at once where the provider can be asked about all of them: half of them are a record. */
const LOOKED_UP_SPAN = 500

/**
 * Rows that a lane claims for its window. All of them are in doubt after a crash: one window where nobody can be asked about them. Where
 * the provider can be, it is many more: a record costs the database the same, whether it is of 25 messages or of 250.
 */
export function spanOf({ session, gate }: Pick<Sender, 'session' | 'gate'>): number {
  return session.lookup ? Math.max(2 * gate.window, LOOKED_UP_SPAN) : gate.window
}
