import type { Migration } from '../migration.ts'

/** What a person decides about a run: to pause it while it prepares, to approve it, to send to some first, to repeat or test it. */
export const control: Migration = {
  name: '0005-control',
  up: (sql) =>
    sql(`
alter table workflow_run
  add column pause_requested boolean not null default false, -- paused by hand while its audience was read
  add column approved json,                    -- [{ code, by, at }]: guards a person said yes to; they are not judged again
  add column first_n int,                      -- send to so many first, then wait; null: no such wish
  add column test_addresses_enc bytea,         -- a test run: where its messages go instead, sealed with the run's key
  add column repeats uuid;                     -- the run that this one repeats
alter table workspace add column guards json not null default '{}';  -- schemas/guards.ts; what a workflow does not set
create index on workflow_run (workflow_id, closed_at desc) where state = 6 and kind = 0;  -- the last completed one: guards, lists
`),
}
