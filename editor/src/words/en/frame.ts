import type { frame as korean } from '../ko/frame.ts'

/** The frame: rail, title line, words that appear everywhere. */
export const frame: typeof korean = {
  name: 'Alimflow',
  rail: {
    label: 'Main menu',
    workflows: 'Workflows',
    runs: 'Runs',
    totals: 'Totals',
    outbox: 'Outbox',
    data: 'Data',
    schedules: 'Schedules',
    people: 'People',
    settings: 'Settings',
  },
  skip: 'Skip to the content',
  loading: 'Loading',
  unknown: {
    title: 'There is nothing here',
    text: 'No screen has the address {{path}}. It may have changed, or point at something that was deleted.',
    home: 'Go to the workflows',
  },
  crash: {
    title: 'This screen stopped while it was drawn',
    text: 'This is a fault in Alimflow. What was saved is still there. Draw it again; if it stops again, report what is below.',
    retry: 'Draw again',
    reload: 'Reload the page',
  },
  unloaded: {
    title: 'This screen could not be loaded',
    text: 'The server is down, or it has a newer version and no longer the screens of this tab. See that Alimflow is running, then reload the page.',
  },
  language: 'Language',
  theme: { label: 'Appearance', light: 'Light', dark: 'Dark', auto: 'As the device' },
}
