import type { runs as korean } from '../ko/runs.ts'

/** The list of runs. */
export const runs: typeof korean = {
  title: 'Runs',
  ofWorkflow: 'Runs',
  workflows: 'Workflows',
  list: 'List of runs',
  more: 'Show more',
  filter: 'Choose by state',
  filters: { all: 'All', active: 'Going on', attention: 'Needs attention', completed: 'Completed', cancelled: 'Cancelled' },
  column: { state: 'State', run: 'Run', trigger: 'Trigger', started: 'Started', took: 'Took', result: 'Result' },
  draft: 'Draft',
  version: 'Published v{{version}}',
  test: 'Test',
  trigger: { manual: 'By hand', schedule: 'Schedule', api: 'API', event: 'Event', webhook: 'Signal from outside' },
  people_one: '{{count, number}} person',
  people_other: '{{count, number}} people',
  part: '{{label}} {{count, number}}',
  counting: 'Counting recipients',
  going: '{{time}} so far',
  offline: 'The live connection is cut. Figures move again when it is back.',
  live: '{{count, number}} going on',
  missed: {
    title: '{{count, number}} scheduled starts were missed',
    more: '{{count, number}} more',
    text: 'No server was running then. Whether to send late is for a person to decide.',
    behind: 'The run before did not end within a day. Whether to send late is for a person to decide.',
  },
  empty: {
    title: 'Nothing has run yet',
    text: 'Open a workflow and press Run: each run is a line here, with who got what.',
    action: 'Go to the workflows',
    open: 'Open the workflow',
  },
  none: { title: 'No run is in this state' },
}
