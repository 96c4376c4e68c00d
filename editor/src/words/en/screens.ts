import type { screens as korean } from '../ko/screens.ts'

/** Titles and empty states of the screens. A screen that grows moves its words to a file of its own. */
export const screens: typeof korean = {
  home: { title: 'Workflows', empty: 'No workflows yet' },
  runs: { title: 'Runs', empty: 'Nothing has run yet' },
  workflowRuns: { title: 'Runs of the workflow' },
  run: { title: 'Run' },
  outbox: { title: 'Outbox', empty: 'No message was sent yet' },
  data: { title: 'Data', empty: 'No connections yet', new: 'New connection', one: 'Connection' },
  settings: { title: 'Settings' },
}
