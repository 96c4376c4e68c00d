import type { Migration } from '../migration.ts'

/** What was answered to a call with an `Idempotency-Key`: written with what the call did, so that even a crash between both repeats nothing. */
export const requestKeys: Migration = {
  name: '0002-request-keys',
  up: (sql) =>
    sql(`
create table request_key (
  workspace_id uuid not null references workspace,
  scope text not null,                       -- what was asked for: execute:<workflow id>
  key text not null,
  body_hash bytea not null,                  -- a key stands for one request; with another body it is a slip of the caller
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, scope, key));
create index on request_key (created_at);
`),
}
