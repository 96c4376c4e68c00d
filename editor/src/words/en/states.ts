import type { states as korean } from '../ko/states.ts'

/** What the states of runs and messages are called. */
export const states: typeof korean = {
  run: {
    queued: 'Queued',
    preparing: 'Preparing',
    waiting: 'Waiting',
    sending: 'Sending',
    paused: 'Paused',
    settling: 'Awaiting results',
    completed: 'Completed',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  open: 'Open',
  message: {
    pending: 'Pending',
    sending: 'Sending',
    sent: 'Awaiting result',
    delivered: 'Delivered',
    converted: 'Delivered as text',
    errored: 'Will be retried',
    failed: 'Failed',
    skipped: 'Left out',
    expired: 'Expired',
    cancelled: 'Cancelled',
    unconfirmed: 'Unconfirmed',
  },
}
