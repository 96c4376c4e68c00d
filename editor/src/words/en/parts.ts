import type { parts as korean } from '../ko/parts.ts'

/** Words of the shared widgets. */
export const parts: typeof korean = {
  kept: { age: 'Result from {{ago}}', anew: 'Ask now' },
  error: {
    title: 'That did not work',
    retry: 'Try again',
    code: 'Error code',
    request: 'Request number',
    offline: 'The server cannot be reached. Check that Alimflow is running and that the network is connected.',
    answer: 'The server sent an answer that cannot be read ({{status}}). Try again in a moment.',
  },
  late: { title: 'This part could not be loaded' },
  confirm: { cancel: 'Cancel' },
  close: 'Close',
  bar: { all: 'All', label: 'People by state', share: '{{label}}: {{count, number}}' },
  length: {
    characters: '{{used, number}} / {{limit, number}} characters',
    bytes: '{{used, number}} / {{limit, number}} bytes',
    over: '{{over, number}} too many',
  },
  phone: {
    alimtalk: '알림톡 도착',
    label: 'The message as the recipient sees it',
    hole: '{{name}}: no value',
    value: 'Value of {{name}}',
  },
  time: {
    never: 'Not yet',
    now: 'just now',
    today: 'today {{time}}',
    yesterday: 'yesterday {{time}}',
    tomorrow: 'tomorrow {{time}}',
  },
  pane: { resize: 'Resize', fold: 'Fold', unfold: 'Unfold' },
  copy: 'Copy',
  copied: 'Copied',
}
