import type { Migration } from '../migration.ts'

// What was asked of connected databases. docs/decisions/0342-what-was-asked.md.

const tables = `
create table connection_query (
  workspace_id uuid not null,
  connection_id text not null,
  id bigint generated always as identity primary key,
  at timestamptz not null,                   -- when the last of them ended
  purpose text not null,                     -- run | preview | tables
  workflow_id uuid,                          -- no reference: the line stays when the workflow goes
  run_id uuid,
  node_id text,
  statement text not null,                   -- with its placeholders, never a value
  status text not null,                      -- ok, stopped, or the code of an error
  times int not null,                        -- so often within a few seconds
  total_ms float8 not null,
  longest_ms float8 not null,
  rows bigint not null,
  slow boolean not null,
  foreign key (workspace_id, connection_id) references connection);

create index on connection_query (workspace_id, connection_id, id desc);
create index on connection_query (at);
`

/** Lines of the query log. */
export const queryLog: Migration = {
  name: '0020-query-log',
  up: async (sql) => {
    await sql(tables)
  },
}
