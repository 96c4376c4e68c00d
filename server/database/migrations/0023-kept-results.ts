import type { Migration } from '../migration.ts'

// Results that processes keep of a connection are of an edition: another number, and they are over. docs/decisions/0373-kept-results.md.

/** Which edition of its results a connection is at. */
export const keptResults: Migration = {
  name: '0023-kept-results',
  up: async (sql) => {
    await sql('alter table connection add column results_edition int not null default 0')
  },
}
