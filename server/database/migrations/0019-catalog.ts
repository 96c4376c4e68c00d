import type { Migration } from '../migration.ts'

// What is in the databases that people connected, and how people call it. docs/decisions/0345-a-catalog-of-each-connection.md.

const tables = `
create table connection_catalog (
  workspace_id uuid not null,
  connection_id text not null,
  revision int not null,                     -- of the connection, as it was asked
  read_at timestamptz not null,
  content json not null,                     -- names, types and keys; nobody's data
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references connection);

create table connection_names (
  workspace_id uuid not null,
  connection_id text not null,
  names json not null,                       -- json, not jsonb: the order of the tables is the user's
  revision int not null default 1,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references connection);
`

/** The schemas of connected databases as they were last read, and the names that people gave to what is in them. */
export const catalog: Migration = {
  name: '0019-catalog',
  up: async (sql) => {
    await sql(tables)
  },
}
