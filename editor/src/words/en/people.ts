import type { people as korean } from '../ko/people.ts'

/** The history of one person. */
export const people: typeof korean = {
  title: 'People',
  start: {
    title: 'Find out who got what',
    text: 'Type a whole phone number, e-mail address or user id; a number in any way of writing. By name you search on a run’s page.',
  },
  nothing: {
    title: 'Nothing went to this number or address',
    text: 'Check that the number is whole and right. What is older than you keep, or was erased, is not there any more.',
  },
  person: 'What is known of this person',
  unnamed: 'No name',
  history: 'What went to this person',
  arrived_one: 'Got {{count, number}} message',
  arrived_other: 'Got {{count, number}} messages',
  notArrived_one: 'did not get {{count, number}}',
  notArrived_other: 'did not get {{count, number}}',
  tests_one: '{{count, number}} test not counted',
  tests_other: '{{count, number}} tests not counted',
  received: 'Last received:',
  never: 'Has received nothing yet',
  optedOut: 'Left out after opting out:',
  wasOut: 'Was left out after opting out, but has been sent something since:',
  noOptOut: 'Was never left out after opting out',
  leftOut: 'Before sending',
  bubbles: 'See in the outbox',
  erase: 'Erase this person',
  column: { of: 'What' },
  more_one: 'Only the newest {{count, number}} is shown.',
  more_other: 'Only the newest {{count, number}} are shown.',
  going: 'Who still waits in a run that is sending is found on its page:',
}
