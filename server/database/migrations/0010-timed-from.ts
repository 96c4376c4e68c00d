import type { Migration } from '../migration.ts'

/** From when the time of a run's messages counts, where that is not its start: a person approved it, or let it go on although it was late. */
export const timedFrom: Migration = {
  name: '0010-timed-from',
  up: async (sql) => {
    await sql('alter table workflow_run add column timed_from timestamptz;')
  },
}
