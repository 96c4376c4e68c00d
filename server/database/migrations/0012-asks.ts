import type { Migration } from '../migration.ts'

/**
 * A run that a person launches: it prepares as a whole, then waits for that person's word, whatever the guards say (`asks`). What was found
 * while it prepared stands beside it (`prepared`): counts and lengths, nothing of a person.
 */
export const asks: Migration = {
  name: '0012-asks',
  up: async (sql) => {
    await sql('alter table workflow_run add column asks boolean not null default false, add column prepared json;')
  },
}
