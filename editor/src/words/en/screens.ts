import type { screens as korean } from '../ko/screens.ts'

/** Titles and empty states of the screens. A screen that grows moves its words to a file of its own. */
export const screens: typeof korean = {
  runs: { title: 'Runs', empty: 'Nothing has run yet' },
  run: { title: 'Run' },
  outbox: { title: 'Outbox', empty: 'No message was sent yet' },
}
