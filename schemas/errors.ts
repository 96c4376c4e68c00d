import { eventErrors } from './errors/event.ts'
import { generalErrors } from './errors/general.ts'
import { keepErrors } from './errors/keep.ts'
import { listErrors } from './errors/list.ts'
import { noticeErrors } from './errors/notices.ts'
import { developerErrors } from './errors/developer.ts'
import { rowErrors } from './errors/row.ts'
import { runErrors } from './errors/run.ts'
import { sendErrors } from './errors/send.ts'
import { sourceErrors } from './errors/source.ts'
import { startErrors } from './errors/start.ts'
import { workflowErrors } from './errors/workflow.ts'
import type { ErrorRow } from './error-row.ts'
import { fillLocalized, type Localized, type TextFields } from './localized.ts'

/** The one error table: code → HTTP status, whether trying again can help, text in both languages. */
export const errorTable = {
  ...generalErrors,
  ...eventErrors,
  ...workflowErrors,
  ...sourceErrors,
  ...listErrors,
  ...rowErrors,
  ...keepErrors,
  ...noticeErrors,
  ...developerErrors,
  ...runErrors,
  ...sendErrors,
  ...startErrors,
} as const

export type ErrorCode = keyof typeof errorTable

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

/** The fields that the text of a code names; all of them must be given. */
export type ErrorFields<Code extends ErrorCode> = Readonly<Record<Placeholders<(typeof errorTable)[Code]['en']>, string | number>>

/** Is it a code of the table? Codes come back from the database and from workers as plain text. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code)
}

/** The text of a code in both languages; an unknown code is shown as it is rather than hidden. */
export function errorText(code: string, fields: TextFields = {}): Localized {
  if (!isErrorCode(code)) return { en: code, ko: code }
  const row: ErrorRow = errorTable[code]
  return fillLocalized(row, fields)
}

/** The row of a code. */
export function errorRow(code: ErrorCode): ErrorRow {
  return errorTable[code]
}
