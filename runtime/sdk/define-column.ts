import Type from 'typebox'
import type { ValueType } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'
import { AppError } from './app-error.ts'
import { defineNode, type NodeType } from './node.ts'
import type { Row, Value } from './rows.ts'

/** A step that adds one column, made from another one: all that has to be said of it. */
export interface ColumnSpec {
  /** Kebab-case and unique (`acme-greeting`). */
  readonly type: string
  readonly title: Localized
  readonly help: Localized
  /** Name of the column that is added. */
  readonly adds: string
  /** What its values are. Default: text. */
  readonly as?: ValueType
  /** A Tabler icon. Default: a wand. */
  readonly icon?: string
  readonly keywords?: readonly string[]
  /** The value for one row: a function of the chosen column alone. An `AppError` that it throws leaves this person out, and nobody else. */
  readonly make: (value: Value) => Value
  /** Value in, value out: shown as help, and run as tests. */
  readonly examples: readonly { readonly from: Value; readonly to: Value }[]
}

/**
 * Declares the most frequent kind of step in a few lines: the person chooses a column, the step adds another one made from it. What it
 * gives is a whole node type; where it does not suffice, write one with `defineNode`.
 *
 * @example
 * export default defineColumn({ type: 'acme-loud', title: …, help: …, adds: 'loud', make: (value) => String(value ?? '').toUpperCase(), examples: … })
 */
export function defineColumn(spec: ColumnSpec): NodeType {
  const { adds, make } = spec
  return defineNode({
    type: spec.type,
    version: 1,
    role: 'transform',
    effect: 'pure',
    scope: 'row',
    title: spec.title,
    help: spec.help,
    icon: spec.icon ?? 'wand',
    keywords: spec.keywords ?? [],
    ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
    config: Type.Object(
      { column: Type.String({ minLength: 1, ...field({ title: { en: 'Column', ko: '열' } }, { widget: 'column' }) }) },
      { additionalProperties: false },
    ),
    defaults: { column: '' },
    summary: ({ column }) => ({ en: `${column} → ${adds}`, ko: `${column} → ${adds}` }),
    columns({ column }, inputs) {
      const columns = inputs.rows ?? []
      const found = columns.some(({ name }) => name === column)
      const problems = found ? [] : [{ code: 'unknown-column' as const, fields: { column }, field: 'column' }]
      const others = columns.filter(({ name }) => name !== adds)
      return { out: { rows: [...others, { name: adds, type: spec.as ?? 'text', nullable: true }] }, problems }
    },
    process(batch, { column }) {
      const rows: Row[] = []
      const failed: { row: Row; error: AppError }[] = []
      for (const row of batch) {
        try {
          rows.push({ ...row, [adds]: make(row[column] ?? null) })
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          failed.push({ row, error })
        }
      }
      return { rows, failed }
    },
    examples: spec.examples.map(({ from, to }) => ({
      config: { column: 'value' },
      in: [{ value: from }],
      out: { rows: [{ value: from, [adds]: to }] },
    })),
  })
}
