import type { Parts } from '#schemas/message.ts'
import type { AppError } from './app-error.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A field of a row: what the column's type says (schemas/column.ts). `null` is the database's NULL. */
export type Value = Json

/**
 * A record. All rows of one batch have the same keys. Rows are never changed: a node returns new ones, made with a spread
 * (`{ ...row, total: 3 }`), or the same object: the recipient's number travels with it under a symbol that a spread copies.
 */
export type Row = Readonly<Record<string, Value>>

/** Rows that move together, at most 1,000. */
export type Batch = readonly Row[]

/** A template version as a message names it. `id` is the pinned version's. */
export interface TemplateRef {
  readonly id: string
  readonly version: number
}

/** What a template node makes of a row: the row, and the text that this person gets. */
export interface Message {
  readonly row: Row
  readonly template: TemplateRef | null
  /** Text of each variable, by its NFC-normalised name. */
  readonly variables: Readonly<Record<string, string>>
  readonly parts: Parts
  /** Kakao: code of the approved template and the channel it belongs to. */
  readonly kakao?: { readonly templateCode: string; readonly channelId: string }
}

/** A row that cannot be processed, and why. It leaves at the `failed` port. */
export interface FailedRow {
  readonly row: Row
  readonly error: AppError
}

/** A row that is left out on purpose, with the reason people see (a code of the error table: `opted-out`, `duplicate` …). */
export interface SkippedRow {
  readonly row: Row
  readonly reason: 'opted-out' | 'duplicate' | 'bad-address'
}

/**
 * What a node gives back for a batch: rows (or messages) under the name of each output port, and what failed or was left out.
 * Every row that came in leaves by at most one of `failed` and `skipped`; a port that is not named gave nothing.
 *
 * @example return { matched: [row], rest: [], failed: [{ row: other, error: new AppError('node-failed', { detail: '…' }) }] }
 */
export type Outputs<Port extends string = string> = {
  readonly [Name in Exclude<Port, 'failed' | 'skipped'>]?: readonly (Row | Message)[]
} & Leaving

/** The two ways out that every node has besides its ports. */
export interface Leaving {
  readonly failed?: readonly FailedRow[]
  readonly skipped?: readonly SkippedRow[]
}
