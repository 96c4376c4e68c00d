import { variableName } from '#runtime/template/template.ts'
import { isFields, textOf, type Fields } from './read-fields.ts'
import type { FieldMapping } from './three-step.ts'

/** `#{name}` and `name` are one variable. */
export const bare = (name: string): string => variableName(name.replace(/^#?\{+|\}+$/g, ''))

/** Which column fills which variable, as the old form wrote it. What names no variable is left out. */
export const readFieldMappings = (list: readonly unknown[]): FieldMapping[] => list.filter(isFields).flatMap(fieldMappingOf)

function fieldMappingOf(fields: Fields): FieldMapping[] {
  const variable = textOf(fields, 'templateVariable', 'variable')
  if (variable === null || bare(variable) === '') return []
  return [
    {
      variable: bare(variable),
      column: textOf(fields, 'targetField', 'column') || null,
      formatter: textOf(fields, 'formatter'),
      fallback: textOf(fields, 'defaultValue'),
    },
  ]
}

/** The formatters of the old form look as they looked; `text` is ours without one. */
const FORMATS: Readonly<Record<string, Record<string, string> | null>> = {
  text: null,
  number: { kind: 'number' },
  currency: { kind: 'currency' },
  date: { kind: 'date', pattern: 'yyyy. M. d.' },
}

const formatName = (formatter: string | null): string => (formatter ?? '').toLowerCase() || 'text'

/** Is it one of the old formatters? */
export const isFormatter = (formatter: string | null): boolean => Object.hasOwn(FORMATS, formatName(formatter))

/** How our mapping step says the same. An unknown formatter shows the value as it is. */
export function entryOfMapping({
  column,
  formatter,
  fallback,
}: Pick<FieldMapping, 'column' | 'formatter' | 'fallback'>): Record<string, unknown> {
  const format = isFormatter(formatter) ? FORMATS[formatName(formatter)] : null
  return {
    column: column ?? '',
    ...(format && { format }),
    ...(fallback !== null && {
      whenNull: 'default',
      whenEmpty: 'default',
      whenNoRow: 'default',
      default: fallback.slice(0, 1000),
    }),
  }
}
