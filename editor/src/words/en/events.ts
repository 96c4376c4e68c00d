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
  address: 'Address to call',
  noAddress: 'This step has no address yet. When it is made, its secret is shown once.',
  make: 'Make the address',
  notPublic: 'Set PUBLIC_PORT and PUBLIC_URL on the server to be called from outside. This is the end of the address.',
  secretOnce: 'The secret is shown only now. Put it into the other service.',
  copySecret: 'Copy the secret',
  previous: 'The secret before counts until:',
  rotate: 'New secret',
  rotateTitle: 'Make a new secret?',
  rotateText: 'The new one is shown once. The one before counts for another day, so there is time to change over.',
  signText: 'Calls have to be signed as Standard Webhooks say. This script signs and sends.',
  curl: 'Example of a call',
}
