import type { Migration } from '../migration.ts'

// Totals by day, what is kept how long, and what was erased. docs/decisions/0160-daily-totals.md, 0161-retention.md.

const totals = `
create table daily_total (                   -- messages by the day of their sending, folded from closed chunks; test sends are not in it
  workspace_id uuid not null references workspace,
  day date not null,                         -- in the workspace's zone
  workflow_id uuid,                          -- no reference: totals outlive what they were counted from
  version_id uuid,
  node_no smallint not null,
  state smallint not null,                   -- place in MESSAGE_STATES
  n bigint not null,
  unique nulls not distinct (workspace_id, day, workflow_id, version_id, node_no, state));

create table run_day_delta (                 -- moves of messages that daily_total does not know yet; rows are only added, and taken away by the fold
  run_no bigint not null, node_no smallint not null, day date not null, state smallint not null, n int not null);
create index on run_day_delta (run_no);

create function note_message_moves() returns trigger language plpgsql as $$
begin
  insert into run_day_delta (run_no, node_no, day, state, n)
  select d.run_no, d.node_no, d.day, d.state, sum(d.n) from (
    select o.run_no, o.node_no, (coalesce(o.sent_at, o.final_at, r.started_at) at time zone w.timezone)::date as day, s.state, s.n
    from before o
    join after a on a.run_no = o.run_no and a.node_no = o.node_no and a.seq = o.seq and a.attempt = o.attempt and a.state <> o.state
    join workflow_run r on r.run_no = o.run_no and r.kind <> 1
    join workspace w on w.id = r.workspace_id
    cross join lateral (values (o.state, -1), (a.state, 1)) s(state, n)) d
  group by 1, 2, 3, 4 having sum(d.n) <> 0;
  return null;
end $$;
create trigger message_moves after update on messages referencing old table as before new table as after
  for each statement execute function note_message_moves();

create index on run_chunk (run_no, node_no, no) where state = 2 and not folded;
alter table workflow_run add column totals_at timestamptz;      -- every chunk of it is in daily_total
create index on workflow_run (run_no) where totals_at is null;
`

const keeping = `
alter table workspace add column keep_months smallint not null default 13 check (keep_months between 1 and 120);
alter table workflow_run add column kept json;                  -- the sums of its chunks, read before they were dropped
alter table workflow_run add column details_dropped_at timestamptz;
alter table workflow_run add column erased_at timestamptz;      -- its key was deleted: nobody can read its personal data any more
create index on workflow_run (run_no) where details_dropped_at is null;

create table erasure (                       -- people whose data was erased by request: the hash says where, nothing says who
  id uuid primary key,
  workspace_id uuid not null references workspace,
  hashes bigint[] not null,
  actor text not null,
  at timestamptz not null default now(),
  done_at timestamptz);                      -- null: some of their chunks are still open
create index on erasure (workspace_id) where done_at is null;

create table keeper (                        -- when each kind of tidying was last done
  task text primary key,
  done_at timestamptz not null);
`

/** Totals by day, retention, erasing. */
export const keep: Migration = {
  name: '0008-keep',
  up: async (sql) => {
    await sql(totals)
    await sql(keeping)
  },
}
