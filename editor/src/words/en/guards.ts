import type { guards as korean } from '../ko/guards.ts'

/** What is looked at before anything is sent. */
export const guards: typeof korean = {
  title: 'Before it goes out',
  text: 'When one of these finds something, nothing is sent until a person approves.',
  open: 'Before it goes out: {{count, number}} set here',
  workspaceTitle: 'Before it goes out (defaults)',
  workspaceText: 'These hold where a workflow sets nothing of its own.',
  saved: 'Saved what is checked before sending.',
  save: 'Save',
  default: 'As usual · {{usual}}',
  own: 'Set here',
  never: 'Do not check',
  off: 'not checked',
  ownOf: '{{name}}: value',
  maxRecipients: {
    label: 'Number of people',
    help: 'More than this wait for approval.',
    figure: '{{figure}} people',
    unit: ' people',
  },
  jump: {
    label: 'Very different from last time',
    help: 'This many times more or fewer people than in the last run wait.',
    figure: '{{figure}} times',
    unit: ' times',
  },
  missingValues: {
    label: 'People with an empty value',
    help: 'More people than this with an empty value in their message wait.',
    figure: '{{figure}} people',
    unit: ' people',
  },
  cost: {
    label: 'Estimated cost',
    help: 'More than this by the prices of the connections waits.',
    figure: '₩{{figure}}',
  },
  empty: {
    label: 'Nobody to send to',
    help: 'When the data is empty: end quietly, or ask a person.',
    complete: 'End quietly',
    wait: 'Ask a person',
  },
}
