import { createHash } from 'node:crypto'
import type { SqlConnection, Statement } from '#runtime/sdk/index.ts'
import { connectionBut } from '../connection-but.ts'
import type { ResultCache } from './result-cache.ts'

/** How long a connection's results may be shown again, by its setting. */
const KEEP_MS = { off: 0, '5m': 5 * 60_000, '30m': 30 * 60_000, '1h': 3_600_000, '24h': 24 * 3_600_000 } as const

export type KeepResults = keyof typeof KEEP_MS

/** Rows that a preview gets of a source at most, where nobody set another number. */
export const PREVIEW_ROWS = 100

/** What a connection's settings say of previews. */
export interface PreviewSettings {
  readonly keepMs: number
  readonly rows: number
}

/** The sample shop has no settings: nothing is kept of it. */
export function previewSettings(settings: Readonly<Record<string, unknown>>): PreviewSettings {
  const { keepResults, previewRows } = settings
  return {
    // Checked against the kind's schema before it was saved.
    keepMs: KEEP_MS[(keepResults as KeepResults | undefined) ?? 'off'],
    rows: typeof previewRows === 'number' ? previewRows : PREVIEW_ROWS,
  }
}

/** One look of a person at data: whether kept results may be shown, and what is to be told of them. */
export interface PreviewUse {
  /** Everything is asked now; what comes is kept. */
  readonly fresh: boolean
  /** A result is shown that was asked at this time, ms since 1970. */
  kept(at: number): void
  /** There are no more rows than a preview may get of this connection, though more were wanted. */
  cut(connectionId: string, rows: number): void
}

interface Place {
  readonly connectionId: string
  /** Workspace and id. */
  readonly connection: string
  readonly edition: string
}

/**
 * A connection as people look at it who edit: with the connection's row cap for previews, and with results that were asked a while ago,
 * where its setting allows that. A run never gets one: it asks the database. What fails is not kept.
 */
export function forPreview(
  database: SqlConnection,
  { cache, settings, place, use }: { cache: ResultCache; settings: PreviewSettings; place: Place; use: PreviewUse },
): SqlConnection {
  const { keepMs, rows: cap } = settings
  return connectionBut(database, {
    async query(statement, options = {}) {
      const wanted = options.maxRows
      // A step that looks up values says no number: it gets an answer for each person who came, however many were shown.
      const maxRows = wanted === undefined ? undefined : Math.min(wanted, cap)
      const key = { connection: place.connection, edition: place.edition, question: questionOf(statement, maxRows) }
      const found = keepMs > 0 && !use.fresh ? cache.get(key) : null
      const result = found?.result ?? (await database.query(statement, { ...options, ...(maxRows !== undefined && { maxRows }) }))
      if (found) use.kept(found.at)
      else if (keepMs > 0) cache.put(key, result, keepMs)
      if (maxRows !== undefined && wanted !== maxRows && result.rows.length >= maxRows) use.cut(place.connectionId, maxRows)
      return result
    },
  })
}

/** Values may be people's: what is compared is a hash of them. */
function questionOf({ sql, parameters }: Statement, maxRows: number | undefined): string {
  const values = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([sql, values, maxRows ?? null]))
    .digest('base64')
}
