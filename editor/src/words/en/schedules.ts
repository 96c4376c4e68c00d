import type { schedules as korean } from '../ko/schedules.ts'

/** The calendar. */
export const schedules: typeof korean = {
  title: 'Schedules',
  range: '{{from}} – {{to}}',
  earlier: 'Five weeks back',
  later: 'Five weeks on',
  today: 'Today',
  planned: 'Planned',
  waiting: 'Waits for the run before',
  passed: {
    open: 'Not started · decide',
    over: 'Not started · ran since',
    declined: 'Declined {{when}}',
    late: 'Left out · server was off',
    running: 'Left out · run before still sent',
    newer: 'Left out · started at the next time',
  },
  answer: {
    of: 'Missed start: {{name}}',
    title: 'did not start',
    text: 'Send it now after all? Without an answer nothing is sent.',
    start: 'Start now',
    decline: 'Leave this one out',
    declined: '“{{name}}” is not sent this time. The calendar keeps it.',
    askTitle: 'Start “{{name}}” now?',
    askText: 'The published version runs once with the data of now; not once for each missed start.',
  },
  more_one: 'and {{count, number}} more',
  more_other: 'and {{count, number}} more',
  next: 'Next runs',
  nothing: 'Nothing in these five weeks.',
  empty: 'No schedule is on',
  emptyText: 'Let a workflow start at a set time, publish it and switch it on: it shows up here.',
  toWorkflows: 'To the workflows',
}
