import type { Migration } from '../migration.ts'

/** Under which epoch the rows in doubt of a freed chunk were claimed: who had them may wake up and say which it never called for. */
export const freed: Migration = {
  name: '0009-freed',
  up: async (sql) => {
    await sql('alter table run_chunk add column freed_epoch int;')
  },
}
