import type { Migration } from '../migration.ts'

/**
 * What a schedule does about a time that nobody started (`missed_policy`, `missed_hours`) and while the run before still sends
 * (`overlap_policy`). A time that waits for that run stays in `next_fire_at`: held since, and at the latest until, these moments.
 */
export const schedulePolicies: Migration = {
  name: '0016-schedule-policies',
  up: async (sql) => {
    await sql(`
      alter table schedule
        add column missed_policy text not null default 'ask' check (missed_policy in ('ask', 'within', 'skip')),
        add column missed_hours int,
        add column overlap_policy text not null default 'wait' check (overlap_policy in ('wait', 'skip', 'start')),
        add column held_since timestamptz,
        add column held_until timestamptz;
      -- Milliseconds between an end and being opened again by a person: no time that the run took.
      alter table workflow_run add column rested_ms double precision not null default 0;`)
  },
}
