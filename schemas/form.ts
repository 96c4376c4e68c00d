import type { Localized } from './localized.ts'

/**
 * What our one keyword adds to the JSON Schema of a config so that it is also the form. Everything else is plain JSON Schema.
 *
 * `x-text`: label, help, placeholder, and a text per enum value, each in both languages.
 * `x-form`: which widget, where the default for the schema's type is not the right one:
 *   `sql` (Monaco), `template` (text with variable chips), `mapping` (the table of variables), `column` / `columns` (choice among the
 *   input's columns), `connection` (choice among connections; `connection` says of which kind or channel), `stored-list` (choice among
 *   stored lists), `cron`, `timezone`, `duration`, `time` (of day), `multiline`, `buttons` (Kakao buttons), `conditions` (filter rows),
 *   `cases` (named ways out with conditions), `shares` (named ways out with shares), `percent` (a share from 0 to 1, written as a percentage), `parameters` (SQL parameters),
 *   `visual-query` (a table, its columns and conditions),
 *   `sub-workflow` (choice among workflows that can be used inside another), `part-columns` (which column stands for which that such a
 *   workflow needs), `hidden`.
 */
export type Widget =
  | 'sql'
  | 'template'
  | 'mapping'
  | 'column'
  | 'columns'
  | 'connection'
  | 'stored-list'
  | 'cron'
  | 'timezone'
  | 'duration'
  | 'time'
  | 'multiline'
  | 'buttons'
  | 'conditions'
  | 'cases'
  | 'shares'
  | 'percent'
  | 'parameters'
  | 'visual-query'
  | 'sub-workflow'
  | 'part-columns'
  | 'hidden'

export interface FieldText {
  title: Localized
  help?: Localized
  placeholder?: Localized
  /** Text of each enum value. */
  options?: Record<string, Localized>
}

export interface FieldForm {
  widget?: Widget
  /** For `connection`: what it must be able to do. */
  connection?: { role: 'database' } | { role: 'service' } | { role: 'provider'; channel: string }
  /** For `sql`: its `:names` take the values of the columns that come in. */
  binds?: 'columns'
  /** Shown only where another field of the same form has this value. */
  when?: { field: string; is: string }
  /** Folded under "more" until opened. */
  advanced?: boolean
  /** The value of a field that is new, where the schema can name no default (inside one of several forms). */
  start?: unknown
  /** For `column`: columns of these kinds come first. */
  prefer?: 'phone' | 'email' | 'time'
}

/** The two keywords, to be spread into a TypeBox schema's options: `Type.String(field({ title: … }, { widget: 'sql' }))`. */
export function field(text: FieldText, form: FieldForm = {}): { 'x-text': FieldText; 'x-form': FieldForm } {
  return { 'x-text': text, 'x-form': form }
}
