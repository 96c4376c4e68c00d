import type { settings as korean } from '../ko/settings.ts'

/** The settings. */
export const settings: typeof korean = {
  title: 'Settings',
  browser: { title: 'This browser', text: 'Language and appearance are kept in this browser only.' },
  workspace: {
    title: 'Workspace',
    text: 'The same for everybody who works here.',
    name: 'Name',
    nameEmpty: 'Give it a name.',
    timezone: 'Time zone',
    timezoneHelp: 'Dates and times on the screen, and new schedules, go by it. Schedules that exist keep theirs.',
    language: 'Default language',
    languageHelp: 'API calls that ask for no language are answered in this one.',
    save: 'Save',
    saved: 'Saved.',
  },
  health: {
    title: 'Health',
    text: 'Each part is asked every 15 seconds.',
    version: 'Version',
    started: 'Running since',
    database: 'Database',
    worker: 'Worker that sends',
    scheduler: 'Schedules',
    state: { ok: 'Works', starting: 'Starting', down: 'Down' },
    workerDown:
      'While the worker is down, runs wait. If it does not come back by itself, see what the terminal says in which Alimflow was started.',
  },
  workers: {
    title: 'Workers',
    text: 'The processes that send. When one stops, another goes on with its work.',
    count: '{{count, number}} at work now',
    none: 'No worker is running. Runs wait.',
    name: 'No. {{no, number}} · {{host}}',
    since: 'since',
    lanes: '{{count, number}} lanes',
    seen: 'last seen',
    alive: 'At work',
    dead: 'Gone',
    missing: 'It does not know these steps: {{list}}. Give it the same plugin files.',
    more: 'To send faster, start “alimflow worker” on another machine. With the same database and secret key it joins by itself.',
  },
  plugins: {
    title: 'Your own steps',
    text: 'A file saved in plugins/ is read at once. Where one has a mistake, the version before it is used until it is mended.',
    loaded: '{{title}} · version {{version, number}}',
    none: 'No file was loaded from plugins/. Run npm run new-node NAME, and it shows here.',
    broken: 'Files that could not be read',
  },
  links: {
    title: 'For developers',
    api: 'API documentation',
    apiText: 'Every call and shape, to be tried in the browser.',
    schema: 'JSON Schema of workflows',
    schemaText: 'Lets a code editor check workflow files.',
  },
}
