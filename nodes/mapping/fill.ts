import type { Column } from '#schemas/column.ts'
import { AppError, formatValue, type Format, type Row } from '#runtime/sdk/index.ts'
import type { Entry } from './entry.ts'

/** A variable, compiled: gives its text for a row, or the error of that row. */
export type Fill = (row: Row) => string | AppError

type What = 'value-null' | 'value-empty' | 'value-no-row'

/** Compiles one entry. `null`, empty text, no row and 0 are four different facts; 0 is a value. */
export function compileEntry(variable: string, entry: Entry, source: { column: Column; timezone: string }): Fill {
  const { column, timezone } = source
  const format: Format = { kind: 'text', ...entry.format, locale: entry.format?.locale ?? 'ko' }
  const instead = (what: What, wish: Entry['whenNull']): string | AppError => {
    if (wish === 'default') return entry.default ?? ''
    if (wish === 'empty') return ''
    return what === 'value-no-row' ? new AppError(what, { variable }) : new AppError(what, { variable, column: column.name })
  }
  return (row) => {
    const value = row[column.name]
    if (column.missing !== undefined && row[column.missing] === true) return instead('value-no-row', entry.whenNoRow)
    if (value === null || value === undefined) return instead('value-null', entry.whenNull)
    if (value === '') return instead('value-empty', entry.whenEmpty)
    return (
      formatValue(value, format, { type: column.type, timezone }) ??
      new AppError('value-unusable', { variable, format: format.kind })
    )
  }
}
