import { errorRow, errorText, isErrorCode, type ErrorCode, type ErrorFields } from '#schemas/errors.ts'
import type { Localized, TextFields } from '#schemas/localized.ts'
import type { TextPosition } from '#schemas/problem.ts'

interface AppErrorOptions {
  cause?: unknown
  /** The other side said when to come back. */
  retryAfterMs?: number
  /** Where in the text (SQL, template) it went wrong. */
  position?: TextPosition
}

/** An error as it is stored and sent between processes; its text is made when it is read, in the reader's language. */
export interface StoredError {
  code: string
  fields: TextFields
  position?: TextPosition
}

/**
 * The one error class: a code of the error table and the fields its text names.
 * Thrown, it concerns the whole step; returned in `failed`, one row.
 *
 * @example throw new AppError('sql-timeout', { seconds: 30 })
 */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly fields: TextFields
  readonly retryAfterMs: number | undefined
  readonly position: TextPosition | undefined

  constructor(code: Code, fields: ErrorFields<Code>, options: AppErrorOptions = {}) {
    super(errorText(code, fields).en, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.fields = fields
    this.retryAfterMs = options.retryAfterMs
    this.position = options.position
  }

  /** Text in both languages. */
  get text(): Localized {
    return errorText(this.code, this.fields)
  }

  /** May the same be tried again with hope? */
  get retryable(): boolean {
    return errorRow(this.code).retryable === true
  }

  toJSON(): StoredError {
    return { code: this.code, fields: this.fields, ...(this.position && { position: this.position }) }
  }
}

/** Reads an error that was stored with `toJSON`; a code this version does not know becomes `internal`. */
export function restoreError(stored: StoredError): AppError {
  const code: ErrorCode = isErrorCode(stored.code) ? stored.code : 'internal'
  // The fields were checked when the error was made; the table may have changed since, which only leaves a hole in the text.
  return new AppError(code, stored.fields as ErrorFields<typeof code>, stored.position ? { position: stored.position } : {})
}
