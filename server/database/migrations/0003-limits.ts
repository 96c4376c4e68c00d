import type { Migration } from '../migration.ts'

/** What all workers share of a connection: how much more may be asked of it and when, whether it answers, and who calls it now. */
export const limits: Migration = {
  name: '0003-limits',
  up: (sql) =>
    sql(`
create table connection_limit (
  workspace_id uuid not null references workspace,
  connection_id text not null,
  line_at timestamptz not null default '-infinity',    -- when the next call may begin: each call moves it on by its share of the window
  reserve_at timestamptz not null default '-infinity', -- the same for the share that is kept for single sends
  pace float8 not null default 1,                      -- part of the rate that is used; halved by a 429, creeps up again
  paced_at timestamptz not null default now(),
  day date,                                            -- in the workspace's zone
  day_used int not null default 0,                     -- messages
  held_until timestamptz not null default '-infinity', -- the provider said so (Retry-After), or asked for a rest without a time
  holds smallint not null default 0,                   -- rests without a time in a row
  score float8 not null default 0,                     -- calls that failed lately
  opens smallint not null default 0,                   -- 0: the breaker is closed; k: it opened k times in a row
  open_until timestamptz,
  probe_until timestamptz,                             -- somebody tries one call until then
  limited_by jsonb,                                    -- the limit that was waited for last, as people read it
  limited_until timestamptz not null default '-infinity',
  primary key (workspace_id, connection_id)) with (fillfactor = 50);
create table connection_lease (                        -- calls that a worker may have in flight; those of a dead worker (lock 7001) do not count
  workspace_id uuid not null references workspace,
  connection_id text not null,
  worker int not null,
  asked int not null,
  calls int not null,
  primary key (workspace_id, connection_id, worker)) with (fillfactor = 50);
`),
}
