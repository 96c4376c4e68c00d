import type { Migration } from '../migration.ts'

/** Workers say what they can do; runs say when somebody last looked after them, and why nobody can. */
export const workers: Migration = {
  name: '0004-workers',
  up: (sql) =>
    sql(`
alter table worker add column lanes int not null default 8;  -- lanes at once in this process
alter table workflow_run
  add column seen_at timestamptz,            -- when a worker last looked after it; null: none did yet
  add column blocked json;                   -- { code, fields }: no living worker can do it, and why
`),
}
