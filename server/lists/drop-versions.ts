import type { Pool } from 'pg'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'

/** Who reads a version without a run (a preview, the check of an audience) is done with it by then. */
const KEPT_HOURS = 1

// For all workspaces: the keeper tidies up the installation.
const text = `
delete from list_version v where v.replaced_at < $1::timestamptz - make_interval(hours => ${KEPT_HOURS})
  and not exists (
    select 1 from workflow_run r where r.workspace_id = v.workspace_id and r.lists is not null and r.state <> all($2)
      and (r.lists ->> v.list_id::text)::int = v.version)`

/** Deletes versions of lists that were replaced and that no open run reads any more, with their rows. @returns how many */
export async function dropOldVersions(pool: Pool, now: Date): Promise<number> {
  return (await pool.query(text, [now, RUN_ENDS.map(runStateNumber)])).rowCount ?? 0
}

/** An upload that nobody went on with for so long is given up. */
const UPLOAD_HOURS = 24

const uploads = `
delete from list_version v using stored_list l where l.id = v.list_id and v.replaced_at is null and v.version <> l.version
  and v.created_at < $1::timestamptz - make_interval(hours => ${UPLOAD_HOURS})`

const unborn = `
delete from stored_list l where l.version = 0 and l.created_at < $1::timestamptz - make_interval(hours => ${UPLOAD_HOURS})
  and not exists (select 1 from list_version v where v.list_id = l.id)`

/** Deletes uploads that were begun a day ago and never finished, with their rows. @returns how many */
export async function dropOldUploads(pool: Pool, now: Date): Promise<number> {
  const { rowCount } = await pool.query(uploads, [now])
  await pool.query(unborn, [now])
  return rowCount ?? 0
}
