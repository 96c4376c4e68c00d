import type { Migration } from '../migration.ts'

/** Events and API sends: runs that stay open, who listens to which event, webhooks with their secrets, and keys of what was taken in. */
export const events: Migration = {
  name: '0006-events',
  up: (sql) =>
    sql(`
alter table workflow_run
  add column open_key text,                  -- kind 2: what it takes rows for, and the month: version:<id>:2026-11, send:<connection>:<channel>:…
  add column rows_closed_at timestamptz;     -- kind 2: takes no rows any more; ends when its chunks are done
create unique index on workflow_run (workspace_id, open_key) where open_key is not null and rows_closed_at is null;
create index on workflow_run (run_no) where kind = 2 and rows_closed_at is null;

alter table workflow add column built_in text;  -- made by Alimflow (sends): listed and edited nowhere, deleted_at is set
create unique index on workflow (workspace_id, built_in) where built_in is not null;

create table event_trigger (                 -- enabled workflows whose published version starts with events
  workflow_id uuid primary key references workflow,
  workspace_id uuid not null references workspace,
  version_id uuid not null references workflow_version,
  node_id text not null,
  event text);                               -- null: its own address (a webhook)
create index on event_trigger (workspace_id, event);

create table webhook (
  id text primary key,                       -- random: part of a public address
  workspace_id uuid not null references workspace,
  workflow_id uuid not null references workflow,
  node_id text not null,
  secrets_enc bytea not null,                -- at most two that count: [{ secret, until }]
  created_by text not null default 'local',
  created_at timestamptz not null default now(),
  rotated_at timestamptz,
  unique (workflow_id, node_id));

create table taken_key (                     -- what came with a key, within 24 hours: where its rows are
  workspace_id uuid not null references workspace,
  scope text not null,                       -- event:<workflow id>, messages
  key text not null,
  body_hash bytea not null,
  run_id uuid not null,
  run_no bigint not null,
  seq int not null,                          -- number of the first row; 0: a run of its own was started
  n int not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, scope, key));
create index on taken_key (created_at);
`),
}
