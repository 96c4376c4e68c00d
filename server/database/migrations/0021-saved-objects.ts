import type { Migration } from '../migration.ts'

// What people keep to use it again: target queries, variable queries, mappings. docs/decisions/0366-saved-objects.md.

const objects = `
create table saved_object (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  kind text not null check (kind in ('target-query', 'variable-query', 'mapping-template', 'variable-mapping')),
  name text not null,
  description text not null default '',
  category text not null default '',
  tags text[] not null default '{}',
  body jsonb not null,                       -- by kind: schemas/saved-object.ts
  revision integer not null default 1,
  usage_count integer not null default 0,
  last_used_at timestamptz,
  deleted_at timestamptz,                    -- can be brought back for 30 days
  visibility text not null default 'workspace',
  created_by text not null default 'local',
  updated_by text not null default 'local',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now());
create index saved_object_list on saved_object (workspace_id, kind, name) where deleted_at is null;

create table saved_object_favorite (
  workspace_id uuid not null references workspace,
  object_id uuid not null references saved_object on delete cascade,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (object_id, actor));
`

/** Reusable queries and mappings. */
export const savedObjects: Migration = {
  name: '0021-saved-objects',
  up: async (sql) => {
    await sql(objects)
  },
}
