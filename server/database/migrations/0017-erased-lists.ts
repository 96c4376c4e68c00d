import type { Migration } from '../migration.ts'

/** When a wish to be forgotten has looked through the stored lists; and quick answers to whether an open run reads a list. */
export const erasedLists: Migration = {
  name: '0017-erased-lists',
  up: async (sql) => {
    await sql(`alter table erasure add column lists_done_at timestamptz`)
    await sql(`create index on workflow_run (state) where lists is not null`)
  },
}
