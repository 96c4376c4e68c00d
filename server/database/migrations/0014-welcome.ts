import type { Migration } from '../migration.ts'

/**
 * The workflow that whoever comes first is shown in place of the list, until somebody went past it. No reference: a workspace does not
 * depend on one of its workflows.
 */
export const welcome: Migration = {
  name: '0014-welcome',
  up: async (sql) => {
    await sql('alter table workspace add column welcome_workflow_id uuid;')
  },
}
