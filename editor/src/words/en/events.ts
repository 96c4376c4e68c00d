import type { events as korean } from '../ko/events.ts'

/** Workflows that start with events and webhooks. */
export const events: typeof korean = {
  paste: 'Fill from a sample',
  pasteLabel: 'Sample JSON',
  pasteHelp:
    'Paste one payload of the other service: name and kind of each value are filled in, in place of the list as it is now.',
  pasteWrong: 'This is no JSON object. Paste something that begins with { and ends with }.',
  pasteTake: 'Fill in {{count, number}} values',
  send: 'How to send it',
  sendText: 'It is taken once the workflow is published and on. Every workflow that waits for this name starts.',
  curl: 'Example of a call',
}
