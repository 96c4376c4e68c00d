import type { Pool } from 'pg'
import { readAddress } from '#runtime/run/address.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { openTestAddresses } from '#server/runs/test-addresses.ts'
import { openWith, type Box } from '#server/secrets/box.ts'

/** Runs that are looked at in one go. */
const AT_ONCE = 500

// What a run was started with is needed until it is over; runs that began after the wish are another matter.
const text = `
select id, run_no, key_enc, trigger_payload_enc, test_addresses_enc from workflow_run
where run_no > $1 and workspace_id = $2 and started_at <= $3 and key_enc is not null and state = any($4)
  and (trigger_payload_enc is not null or test_addresses_enc is not null)
order by run_no limit ${AT_ONCE}`

interface Started {
  id: string
  run_no: string
  key_enc: Buffer
  trigger_payload_enc: Buffer | null
  test_addresses_enc: Buffer | null
}

/** Whom to look for: hashes of addresses, and the runs in whose rows the person was found. */
export interface Wanted {
  readonly workspaceId: string
  readonly hashes: readonly string[]
  readonly at: string
  readonly runNos: ReadonlySet<number>
}

/**
 * Erases what runs were started with, where it speaks of a person: the event's values (`trigger_payload_enc`) and the numbers of a test
 * (`test_addresses_enc`). A run in whose rows the person is loses them too: the event may name her in another way than by her address.
 * @returns runs that lost something
 */
export async function erasePayloads(
  { pool, runKeys, hash }: { pool: Pool; runKeys: Box; hash: AddressHash },
  wanted: Wanted,
): Promise<number> {
  const hashes = new Set(wanted.hashes.map(Number))
  let [after, erased] = [0, 0]
  for (;;) {
    const { rows } = await pool.query<Started>(text, [after, wanted.workspaceId, wanted.at, RUN_ENDS.map(runStateNumber)])
    const runNos = rows
      .filter((run) => wanted.runNos.has(Number(run.run_no)) || speaksOf(hashes, { hash, values: startedWith(runKeys, run) }))
      .map(({ run_no }) => run_no)
    if (runNos.length > 0)
      await pool.query(
        'update workflow_run set trigger_payload_enc = null, test_addresses_enc = null where run_no = any($1) and workspace_id = $2',
        [runNos, wanted.workspaceId],
      )
    erased += runNos.length
    after = Number(rows.at(-1)?.run_no)
    if (rows.length < AT_ONCE) return erased
  }
}

function startedWith(runKeys: Box, run: Started): unknown {
  const key = openRunKey(runKeys, run.id, run.key_enc)
  const payload: unknown =
    run.trigger_payload_enc && JSON.parse(openWith(key, run.trigger_payload_enc, `payload:${run.id}`).toString())
  return [payload, openTestAddresses(run.test_addresses_enc, { key, runId: run.id })]
}

const KINDS = ['phone', 'email', 'token'] as const

/** Is one of these addresses somewhere in it, however it is written? */
export function speaksOf(hashes: ReadonlySet<number>, { hash, values }: { hash: AddressHash; values: unknown }): boolean {
  if (typeof values === 'object' && values !== null)
    return Object.values(values).some((value) => speaksOf(hashes, { hash, values: value }))
  if (typeof values !== 'string' && typeof values !== 'number') return false
  return KINDS.some((kind) => {
    const address = readAddress(kind, String(values))
    return !(address instanceof AppError) && hash(kind, [address.normal]).some((one) => one !== null && hashes.has(one))
  })
}
