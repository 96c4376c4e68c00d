import type { ListColumnInput, StoredList } from '#schemas/list.ts'
import { beginUpload, cancelUpload, finishUpload, sendRows } from '#editor/api/list-uploads.ts'
import type { BigRows } from '#editor/lists/source.ts'
import type { BigPlan, BigProblem } from '#editor/lists/big/portions.ts'

/** How far it is. */
export interface BringingIn {
  readonly rows: number
  /** 0–1; null: it cannot be told (workbooks). */
  readonly share: number | null
  readonly problems: readonly BigProblem[]
  readonly problemCount: number
}

/** Problems that are kept to be shown. */
const KEPT = 500

interface Bringing {
  readonly big: BigRows
  readonly plan: BigPlan
  readonly name: string
  readonly list: string | null
  readonly columns: readonly ListColumnInput[]
  readonly onProgress: (at: BringingIn) => void
  readonly signal: AbortSignal
}

/** Brings a big file in: read a portion, sent, then the next. Nothing of it stays where it is called off or fails. */
export async function bringIn({ big, plan, name, list, columns, onProgress, signal }: Bringing): Promise<StoredList> {
  const upload = await beginUpload(name, list, columns)
  let at: BringingIn = { rows: 0, share: 0, problems: [], problemCount: 0 }
  onProgress(at)
  try {
    for await (const { rows, bytes, problems, problemCount } of big.portions(plan, signal)) {
      await sendRows(upload.id, { from: at.rows, rows, signal })
      at = {
        rows: at.rows + rows.length,
        share: bytes === 0 ? null : Math.min(1, bytes / big.bytes),
        problems: [...at.problems, ...problems].slice(0, KEPT),
        problemCount: at.problemCount + problemCount,
      }
      onProgress(at)
    }
    return await finishUpload(upload.id, at.rows)
  } catch (error) {
    // Where this does not arrive either, it is swept away a day later.
    await cancelUpload(upload.id).catch(() => undefined)
    throw error
  }
}
