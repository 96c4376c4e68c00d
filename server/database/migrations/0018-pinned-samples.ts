import type { Migration } from '../migration.ts'

// Rows that a person pinned for the preview of a source. docs/decisions/0331-pinned-samples.md.

const samples = `
create table pinned_sample (
  workspace_id uuid not null references workspace,
  workflow_id uuid not null references workflow,
  node_id text not null,
  meaning text not null,                     -- hash of the source's config and columns: rows of another source are not shown as its own
  rows_enc bytea not null,
  created_at timestamptz not null default now(),
  primary key (workflow_id, node_id));
`

/** Sample rows that a preview shows in place of asking a source. */
export const pinnedSamples: Migration = {
  name: '0018-pinned-samples',
  up: async (sql) => {
    await sql(samples)
  },
}
