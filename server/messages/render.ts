import { AppError } from '#runtime/sdk/index.ts'
import type { Length, Parts } from '#schemas/message.ts'
import { isMessage, rowOf, type Item } from '#runtime/run/chunk.ts'
import { pickAnswers } from '#runtime/run/frozen-reads.ts'
import { pickRows } from '#runtime/run/pick-rows.ts'
import { openPrepare, type Prepared } from '#runtime/run/prepare.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { isErased, rowAt, type ReadChunk } from './chunks.ts'
import { planFacts } from './plan-facts.ts'

/** What a person got (or would get), and the row it was made from with all that the steps added. */
export interface Rendered {
  readonly row: Readonly<Record<string, unknown>>
  readonly parts: Parts | null
  readonly length: Length | null
  /** What it goes out as: ATA, SMS, LMS. */
  readonly kind: string | null
}

/**
 * Makes texts again from the frozen rows and answers, with the functions that made them for the call. Rows whose answers are not frozen yet
 * have no text: nothing is asked for a page. `places` are places in the chunk, ascending.
 */
export async function renderRows(run: OpenRun, chunk: ReadChunk, places: readonly number[]): Promise<Rendered[]> {
  const stage = planFacts(run.plan).stageByNo.get(chunk.nodeNo)
  const plain = places.map((place): Rendered => ({ row: rowAt(chunk, place), parts: null, length: null, kind: null }))
  if (!stage || (stage.reads.length > 0 && !chunk.answers)) return plain
  const alive = places.filter((place) => !isErased(chunk.rows, place))
  if (alive.length < places.length) {
    const made = alive.length > 0 ? await renderRows(run, chunk, alive) : []
    return plain.map((one, index) => made[alive.indexOf(places[index] ?? -1)] ?? one)
  }
  const prepare = await openPrepare({
    plan: run.plan,
    stage,
    context: run.context(new AbortController().signal),
    ledger: { hash: run.hash },
  })
  const prepared = await tryPrepare(() =>
    prepare({ rows: pickRows(chunk.rows, places), answers: pickAnswers(chunk.answers, places) }),
  )
  return prepared?.items ? prepared.items.map((item, at) => rendered(item, prepared.rows[at])) : plain
}

/** A step that cannot work any more (its plugin changed) leaves the page without a text, not without the rest. */
async function tryPrepare(prepare: () => Promise<Prepared>): Promise<Prepared | null> {
  try {
    return await prepare()
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function rendered(item: Item, prepared: Prepared['rows'][number] | undefined): Rendered {
  const row = rowOf(item)
  if (!prepared?.ready) return { row, parts: isMessage(item) ? { ...item.parts } : null, length: null, kind: null }
  const { parts, length, kind } = prepared.composed
  return { row, parts: { ...parts }, length, kind }
}
