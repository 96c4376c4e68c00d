import type { Migration } from '../migration.ts'

// What every object that a user makes carries, from the first migration on: whose it is, and who touched it.
const ownership = `
  visibility text not null default 'workspace' check (visibility in ('private', 'workspace', 'public')),
  created_by text not null default 'local',
  updated_by text not null default 'local',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()`

const objects = `
create table workspace (
  id uuid primary key,
  name text not null,
  timezone text not null default 'Asia/Seoul',
  language text not null default 'ko' check (language in ('ko', 'en')),
  hash_key_enc bytea not null,               -- key of the address hash: made with the workspace, never rotated
  created_at timestamptz not null default now());

create table connection (
  workspace_id uuid not null references workspace,
  id text not null,                          -- UUIDv7, or a well-known name (sample-shop, sandbox)
  kind text not null,
  name text not null,
  settings json not null default '{}',
  secrets_enc bytea,
  secrets_set text[] not null default '{}',
  dialect text,
  health json not null default '{"state":"unknown","checkedAt":null,"error":null}',
  built_in boolean not null default false,
  revision int not null default 1,
  deleted_at timestamptz,
  ${ownership},
  primary key (workspace_id, id));

create table workflow (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  app_id uuid,
  name text not null,
  document json not null,                    -- json, not jsonb: the order of the keys is the user's
  revision int not null default 1,
  enabled boolean not null default false,
  published_version int,
  published_revision int,
  published_at timestamptz,
  last_run_number int not null default 0,
  deleted_at timestamptz,
  ${ownership});
create index on workflow (workspace_id, updated_at desc) where deleted_at is null;

create table workflow_version (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  workflow_id uuid not null references workflow,
  version int,                               -- null: a draft that was frozen to be run
  revision int not null,
  pinned json not null,                      -- schemas/pinned.ts
  summaries json not null default '{}',
  created_by text not null default 'local',
  created_at timestamptz not null default now(),
  unique (workflow_id, version));

create table template (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  app_id uuid,
  workflow_id uuid references workflow,      -- a text written inside a workflow's node
  node_id text,
  name text not null,
  ${ownership},
  unique (workflow_id, node_id));

create table template_version (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  template_id uuid not null references template,
  version int not null,
  hash text not null,                        -- of the content: the same text is the same version
  content json not null,
  created_by text not null default 'local',
  created_at timestamptz not null default now(),
  unique (template_id, version),
  unique (template_id, hash));

create table node_description (              -- what only the outside knew of a node: cache, by config, connection and input columns
  workspace_id uuid not null references workspace,
  hash text not null,
  described json,
  error json,
  created_at timestamptz not null default now(),
  primary key (workspace_id, hash));

create table schedule (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  workflow_id uuid not null unique references workflow,
  version_id uuid not null references workflow_version,
  node_id text not null,
  cron text not null,
  timezone text not null,
  next_fire_at timestamptz,
  updated_at timestamptz not null default now());

create table audit_event (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspace,
  actor text not null,
  at timestamptz not null default now(),
  action text not null,
  target_kind text not null,
  target_id text not null,
  data jsonb not null default '{}');         -- ids only, nothing personal
create index on audit_event (workspace_id, target_kind, target_id);

create table worker (                        -- who works; the truth about being alive is the advisory lock 7001, no
  no int primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  host text not null,
  pid int not null,
  node_types text[] not null default '{}');
create sequence worker_no as int;
`

// Run tables: durable-run.md section 2. run_no = months since 2020-01 << 32 | run_seq, so that a run lies in one monthly partition
// and every statement that names its run touches one. Partitions are made by server/ledger.
const runs = `
create sequence run_seq as int;
create sequence chunk_no as int minvalue 1000000 start 1000000 cycle;  -- numbers of chunks made while sending; the spool counts from 1

create table workflow_run (
  id uuid primary key,
  run_no bigint not null unique,
  workspace_id uuid not null references workspace,
  app_id uuid,
  workflow_id uuid not null references workflow,
  version_id uuid not null references workflow_version,
  number int not null,                       -- #128 within the workflow
  kind smallint not null default 0,          -- 0 live, 1 test, 2 open (events, API)
  trigger text not null,                     -- manual, schedule, api …
  trigger_payload_enc bytea,
  schedule_id uuid references schedule on delete set null,
  fire_at timestamptz,
  actor text not null default 'local',
  state smallint not null default 0,         -- place in RUN_STATES
  reason json,                               -- { code, fields } of a stop
  cancel_requested boolean not null default false,
  pinned json not null,
  key_enc bytea,                             -- data key of the run; deleted to erase its personal data
  total int,                                 -- numbered rows, left-out ones included; null until the audience is complete
  chosen_out int not null default 0,         -- numbered rows that a later filter did not choose: no recipients
  outcomes json,                             -- frozen at the end
  law json,                                  -- what was compared at the end, and whether it holds
  previous_run_at timestamptz,
  started_at timestamptz not null default now(),
  sending_ended_at timestamptz,
  closed_at timestamptz,
  unique (schedule_id, fire_at),
  unique (workflow_id, number));
create index on workflow_run (workspace_id, started_at desc);
create index on workflow_run (workflow_id, started_at desc);
create index on workflow_run (state) where state in (0, 1, 2, 3, 4, 5);

create table run_chunk (
  run_no bigint not null,
  node_no smallint not null,                 -- the channel (or stage) that will take it; for left-out people the node that left them out
  no int not null,
  attempt smallint not null default 1,
  kind smallint not null default 0,          -- 0 live, 1 canary, 2 resent
  n int not null,
  seq_from int not null,
  seq_to int not null,
  state smallint not null default 0,         -- 0 ready, 1 taken, 2 closed, 3 held by a pause, 4 prepared and waiting for approval
  priority smallint not null default 0,
  claimed int not null default 0,
  epoch int not null default 0,
  owner int,
  send_deadline timestamptz,
  ready_at timestamptz not null default '-infinity',
  sent int not null default 0,
  failed int not null default 0,
  unconfirmed int not null default 0,
  skipped int not null default 0,
  moved int not null default 0,
  doubt smallint not null default 0,         -- rows [recorded, claimed) may have been sent: 0 no, 1 their owner is dead, 2 it may only sleep
  folded boolean not null default false,
  rows bytea not null,
  primary key (run_no, node_no, no)) partition by range (run_no);
alter table run_chunk alter rows set storage external;
create index on run_chunk (run_no, node_no, priority, ready_at, no) where state = 0;
create index on run_chunk (run_no, no) where state = 1;

create table run_answers (
  run_no bigint not null, node_no smallint not null, chunk_no int not null, answers bytea not null,
  primary key (run_no, node_no, chunk_no)) partition by range (run_no);
alter table run_answers alter answers set storage external;

create table run_call (
  run_no bigint not null, node_no smallint not null, chunk_no int not null, from_row int not null, epoch int not null,
  handle text, accepted int, body_hash bytea, next_poll_at timestamptz, poll_cursor text, closes_at timestamptz,
  primary key (run_no, node_no, chunk_no, from_row)) partition by range (run_no);
create index on run_call (next_poll_at) where next_poll_at is not null;

create table messages (
  run_no bigint not null, node_no smallint not null, seq int not null, attempt smallint not null default 1,
  chunk_no int not null, kind smallint not null default 0, state smallint not null,
  address_hash bigint, provider_id text, error_code text, cost int, sent_at timestamptz, final_at timestamptz, history jsonb,
  primary key (run_no, node_no, seq, attempt)) partition by range (run_no);
create index on messages using brin (address_hash int8_bloom_ops(n_distinct_per_range = 2000, false_positive_rate = 0.005)) with (pages_per_range = 32);

create table run_node (
  run_no bigint not null, node_no smallint not null, port smallint not null, worker int not null, rows bigint not null default 0,
  primary key (run_no, node_no, port, worker));

create table run_read (                      -- what the queries of a node cost
  run_no bigint not null, node_no smallint not null, worker int not null,
  statements bigint not null default 0, database_ms double precision not null default 0, ambiguous bigint not null default 0,
  primary key (run_no, node_no, worker));

create table run_report_counts (
  run_no bigint not null, node_no smallint not null, state smallint not null, shard smallint not null, n int not null,
  primary key (run_no, node_no, state, shard));

create table run_progress (
  run_no bigint not null, worker int not null, node_no smallint not null, sent int not null default 0, failed int not null default 0,
  primary key (run_no, worker, node_no)) with (fillfactor = 50);

create table run_events (
  id bigint generated always as identity, run_no bigint not null, at timestamptz not null default now(),
  kind text not null, actor text not null default 'system', data jsonb not null default '{}');
create index on run_events (run_no, id);
`

export const base: Migration = {
  name: '0001-base',
  up: async (sql) => {
    await sql(objects)
    await sql(runs)
  },
}
