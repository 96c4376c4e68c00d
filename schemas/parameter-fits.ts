import type { ParameterType } from './parameter.ts'

const FORMS: Readonly<Record<ParameterType, RegExp>> = {
  text: /^/,
  integer: /^[+-]?\d{1,100}$/,
  decimal: /^[+-]?\d{1,100}(\.\d{1,100})?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/,
  instant: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$/,
}

/** Is this text a value of the type? A day that no calendar has is none. */
export function fitsType(type: ParameterType, value: string): boolean {
  if (!FORMS[type].test(value)) return false
  if (type !== 'date' && type !== 'datetime' && type !== 'instant') return true
  const [day = ''] = value.split(/[T ]/)
  return new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true && !Number.isNaN(Date.parse(value.replace(' ', 'T')))
}
