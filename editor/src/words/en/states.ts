import { messageStateNames } from '#schemas/state-names.ts'
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
  message: messageStateNames('en'),
}
