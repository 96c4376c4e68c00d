import type { catalog as korean } from '../ko/catalog.ts'

/** Tables and columns of a connected database. */
export const catalog: typeof korean = {
  title: 'Tables by plain names',
  readAt: 'Tables read:',
  anew: 'Read anew',
  none: 'This account can read no table.',
  rows: '{{shown}} rows',
}
