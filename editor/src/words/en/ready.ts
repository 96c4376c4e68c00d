import type { Words } from '../ko/all.ts'

export const ready: Words['ready'] = {
  title: 'Ready to send for real',
  balance: 'Balance {{money}}',
  again: 'Check again',
  state: { ok: 'There', todo: 'Missing', unknown: 'Cannot be asked' },
  check: { key: 'Key', sender: 'Sender number', channel: 'Kakao channel', template: 'Approved template' },
  todo: {
    key: 'Check key and secret at the service.',
    sender: 'Register this number as a sender at the service; it asks for a proof of the line.',
    channel: 'Link a Kakao channel at the service, and write its id into the template step.',
    template: 'Have the template reviewed at the service, and write its code into the template step. It usually takes two days.',
  },
  detail: { pending: 'Its review goes on.', rejected: 'Its review was refused.', missing: 'The account has no such template.' },
  unknown: 'This service cannot be asked. Look it up on its own pages.',
  sandbox: 'A sandbox needs nothing. Nothing leaves, so try whatever you like.',
  how: 'What does real sending need?',
  missing: 'Not ready yet: {{what}}',
  look: 'See what is missing',
  enough: 'Within the balance of {{name}}, {{money}}',
  short: 'May cost more than the balance of {{name}}, {{money}}',
}
