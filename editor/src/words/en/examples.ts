import type { examples as korean } from '../ko/examples.ts'

/** Choosing an example. */
export const examples: typeof korean = {
  title: 'Start from an example',
  text: 'Take one and make it yours. The messages were made just now from the sample data.',
  start: 'Start with this',
  messages: 'What “{{name}}” sends',
  noMessages: 'Nobody would get this example now. Start it and change its recipients.',
}
