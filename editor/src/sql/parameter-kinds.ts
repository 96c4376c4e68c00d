import type { ValueType } from '#schemas/column.ts'
import type { MomentType, ParameterType, ParameterValue } from '#schemas/parameter.ts'

/** What a person chooses for a parameter: the type of a value, or a date that moves with the run. */
export const PARAMETER_KINDS = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'instant', 'moving'] as const
export type ParameterKind = (typeof PARAMETER_KINDS)[number]

/** The kind of what is set. A text without a type is a text. */
export function kindOf(value: unknown): ParameterKind {
  const given = asParameter(value)
  if (given === undefined || typeof given === 'string') return 'text'
  return 'relative' in given ? 'moving' : given.type
}

/** What is set, as the schema has it; undefined: nothing yet. The form's own check has seen it before. */
export function asParameter(value: unknown): ParameterValue | undefined {
  return typeof value === 'string' || (typeof value === 'object' && value !== null) ? (value as ParameterValue) : undefined
}

const KINDS: Partial<Record<ValueType, ParameterType>> = {
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  instant: 'instant',
}

/** The kind that fits the column which the parameter is compared with. */
export function kindFor(type: ValueType | undefined): ParameterType {
  return (type && KINDS[type]) ?? 'text'
}

const momentTypeFor = (type: ValueType | undefined): MomentType => (type === 'datetime' || type === 'instant' ? type : 'date')

/** The text of what is set, where there is one. */
export const textOf = (value: ParameterValue | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : 'value' in value ? value.value : ''

/** What is set when somebody chooses another kind: its text is kept where it has one. */
export function asKind(value: unknown, kind: ParameterKind, type: ValueType | undefined): ParameterValue {
  if (kind === 'moving') return { type: momentTypeFor(type), relative: { from: 'day', plus: -7, unit: 'day' } }
  const text = textOf(asParameter(value))
  if (kind === 'text') return text
  return { type: kind, value: kind === 'boolean' && text !== 'false' ? 'true' : text }
}

/** What is set when somebody types a value. */
export function withText(kind: ParameterKind, text: string): ParameterValue {
  return kind === 'text' || kind === 'moving' ? text : { type: kind, value: text }
}
