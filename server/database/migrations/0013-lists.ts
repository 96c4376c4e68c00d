import type { Migration } from '../migration.ts'

// Lists that people bring along. docs/decisions/0260-stored-lists.md.

const lists = `
create table stored_list (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  name text not null,
  version int not null,                      -- the newest of list_version
  key_enc bytea,                             -- its data key, sealed; null: the list was deleted
  deleted_at timestamptz,
  visibility text not null default 'workspace' check (visibility in ('private', 'workspace', 'public')),
  created_by text not null default 'local',
  updated_by text not null default 'local',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now());
create index on stored_list (workspace_id, updated_at desc, id desc) where deleted_at is null;

create table list_version (                  -- immutable, but for a person who is erased
  workspace_id uuid not null references workspace,
  list_id uuid not null references stored_list,
  version int not null,
  columns json not null,
  row_count int not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  replaced_at timestamptz,                   -- null: the newest
  primary key (list_id, version));
create index on list_version (replaced_at) where replaced_at is not null;

create table list_part (                     -- up to 1,000 rows: JSON, zstd, AES-256-GCM with the list's key
  workspace_id uuid not null references workspace,
  list_id uuid not null,
  version int not null,
  no int not null,
  rows bytea not null,
  primary key (list_id, version, no),
  foreign key (list_id, version) references list_version on delete cascade);
alter table list_part alter column rows set storage external;

alter table workflow_run add column lists json;   -- versions of the lists that this run reads, by id: what is pasted later never changes it
`

/** Stored lists, and the versions of them that a run reads. */
export const storedLists: Migration = {
  name: '0013-lists',
  up: async (sql) => {
    await sql(lists)
  },
}
