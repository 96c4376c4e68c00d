import type { Migration } from '../migration.ts'

/**
 * When the newest event of a chunk came in; null: the rows of other runs, and of steps that threw their time away. It stays with the rows
 * through waits and retries, which move `ready_at`. Of events that wait already it is not known; they were ready when they came in, or later.
 */
export const cameAt: Migration = {
  name: '0011-came-at',
  up: async (sql) => {
    await sql('alter table run_chunk add column came_at timestamptz;')
    await sql(`update run_chunk k set came_at = least(k.ready_at, now()) from workflow_run r
      where r.run_no = k.run_no and r.kind = 2 and k.state in (0, 1, 3) and isfinite(k.ready_at)`)
    await sql('create index on run_chunk (run_no, node_no, came_at) where state = 0 and came_at is not null')
  },
}
