import type { finder as korean } from '../ko/finder.ts'

/** Finding everything, from everywhere. */
export const finder: typeof korean = {
  open: 'Find',
  key: 'Find (Ctrl K, ⌘ K)',
  name: 'Find everything',
  placeholder: 'Workflow, run number, whole phone number …',
  groups: {
    places: 'Screens',
    actions: 'Actions',
    workflows: 'Workflows',
    runs: 'Runs',
    lists: 'Lists',
    connections: 'Connections',
    messages: 'Messages to this address',
  },
  newWorkflow: 'New workflow',
  pasteList: 'Paste from Excel',
  newConnection: 'New connection',
  allOf: '{{address}}: show this person',
  more: 'There are more. Type another letter.',
  nothing: 'Nothing found. People are found by their whole number or e-mail address.',
  nobody: 'Nothing was sent to this number or address.',
  found: '{{count, number}} found.',
  hint: 'Runs by number: weekly 12',
}
