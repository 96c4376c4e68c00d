import type { Migration } from '../migration.ts'

/** Somebody is told: what is wrong now, to whom it is said, and what was said already. Ids, codes and counts only; nothing personal. */
export const notices: Migration = {
  name: '0007-notices',
  up: (sql) =>
    sql(`
create table notice (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  kind text not null,                        -- NOTICE_KINDS
  subject text not null,                     -- what it is about: run:<id>, workflow:<id>, connection:<id>, worker:<no>, workers
  run_id uuid,
  workflow_id uuid,
  connection_id text,
  code text not null,
  fields json not null default '{}',
  state text not null default 'open' check (state in ('open', 'dismissed', 'resolved')),
  turn int not null default 1,               -- of its state: what was told of one turn is never told again
  count int not null default 1,              -- how often it happened since it opened
  mark bigint not null default 0,            -- the last happening that was counted: a run's number, an event's id
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  dismissed_by text,
  unique (workspace_id, kind, subject));
create index on notice (workspace_id, changed_at desc);

create table notice_settings (
  workspace_id uuid primary key references workspace,
  kinds text[] not null,                     -- what is told outside; the list in the product shows all
  failure_percent int not null,
  wait_minutes int not null,
  late_minutes int not null,
  webhook json not null,
  email json not null,
  secrets_enc bytea,
  secrets_set text[] not null default '{}',
  updated_by text not null default 'local',
  updated_at timestamptz not null default now());

create table notice_told (                   -- the newest turn of a notice that a way out has taken
  workspace_id uuid not null references workspace,
  notice_id uuid not null references notice on delete cascade,
  way text not null,
  turn int not null,
  primary key (notice_id, way));

create table notice_delivery (               -- one message to the outside, about one notice or many
  id uuid primary key,                       -- webhook-id, Message-ID
  workspace_id uuid not null references workspace,
  way text not null check (way in ('webhook', 'email')),
  items json not null,
  state text not null default 'ready' check (state in ('ready', 'claimed', 'delivered', 'failed', 'unknown')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  claimed_at timestamptz,
  error json,
  created_at timestamptz not null default now(),
  ended_at timestamptz);
create index on notice_delivery (next_at) where state in ('ready', 'claimed');
create index on notice_delivery (workspace_id, way, created_at desc);

create table notice_look (                   -- one row: who looks holds it
  one boolean primary key default true check (one),
  looked_at timestamptz not null default '-infinity',
  closed_until timestamptz not null default now(),
  missed_until bigint not null default 0,
  base_url text,                             -- where people open the product; the server writes it at its start
  memory json not null default '{}');        -- what the next look must know: schemas of server/notices/memory.ts
insert into notice_look (missed_until) select coalesce(max(id), 0) from audit_event;

create index on workflow_run (closed_at) where closed_at is not null;
`),
}
