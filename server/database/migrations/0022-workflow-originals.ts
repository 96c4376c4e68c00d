import type { Migration } from '../migration.ts'

// What a workflow was made of when it came in another form. docs/decisions/0355-three-step-workflows.md.

const originals = `
create table workflow_original (
  workflow_id uuid primary key references workflow,
  workspace_id uuid not null references workspace,
  form text not null,                        -- three-step
  content json not null,                     -- as it came, without the people of its lists: those are stored lists
  notes json not null,                       -- what became of each part
  created_by text not null default 'person',
  created_at timestamptz not null default now());
`

/** The JSON that a workflow was made of, with the report of how. */
export const workflowOriginals: Migration = {
  name: '0022-workflow-originals',
  up: async (sql) => {
    await sql(originals)
  },
}
