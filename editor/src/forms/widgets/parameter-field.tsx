import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ValueType } from '#schemas/column.ts'
import {
  asKind,
  asParameter,
  kindFor,
  kindOf,
  PARAMETER_KINDS,
  textOf,
  withText,
  type ParameterKind,
} from '#editor/sql/parameter-kinds.ts'
import { errorText, useMessages } from '../form-context.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { Choice } from './choice.tsx'
import { MovingDate } from './moving-date.tsx'
import styles from './parameters.module.css'

interface ParameterFieldProps {
  readonly path: string
  readonly name: string
  readonly value: unknown
  /** Type of the column that it is compared with, and what that may hold. */
  readonly type: ValueType | undefined
  readonly values: readonly string[] | undefined
  readonly onChange: (value: unknown) => void
}

const PLACEHOLDERS: Partial<Record<ParameterKind, string>> = {
  integer: '10',
  decimal: '4.5',
  date: '2026-11-27',
  datetime: '2026-11-27 09:00',
  instant: '2026-11-27 09:00',
}

/** One parameter: its kind, and its value. */
export function ParameterField({ path, name, value, type, values, onChange }: ParameterFieldProps) {
  const { t } = useTranslation()
  const error = errorText(useMessages(path))
  const given = asParameter(value)
  const kind = given === undefined ? kindFor(type) : kindOf(given)
  return (
    <div className={styles.field}>
      <Choice
        label={t('forms.parameters.kindOf', { name })}
        words={PARAMETER_KINDS}
        textOf={(word) => t(`forms.parameters.kind.${word}`)}
        value={kind}
        onChange={(wanted) => onChange(asKind(given, wanted, type))}
      />
      {typeof given === 'object' && 'relative' in given ? (
        <MovingDate name={name} value={given} onChange={onChange} />
      ) : (
        <ValueField name={name} text={textOf(given)} kind={kind} values={values} error={error} onChange={onChange} />
      )}
    </div>
  )
}

function ValueField({
  name,
  text,
  kind,
  values,
  error,
  onChange,
}: {
  name: string
  text: string
  kind: ParameterKind
  values: readonly string[] | undefined
  error: string | null
  onChange: (value: unknown) => void
}) {
  const { t } = useTranslation()
  const draft = useTextDraft(text, (next) => onChange(withText(kind, next)))
  const label = t('forms.parameters.value', { name })
  const choices =
    kind === 'boolean'
      ? [
          { value: 'true', label: t('forms.parameters.yes') },
          { value: 'false', label: t('forms.parameters.no') },
        ]
      : kind === 'text' && values !== undefined && (text === '' || values.includes(text))
        ? values.map((one) => ({ value: one, label: one }))
        : null
  if (choices !== null)
    return (
      <Select
        size="xs"
        aria-label={label}
        error={error}
        data={choices}
        value={text === '' ? null : text}
        onChange={(next) => next !== null && onChange(withText(kind, next))}
      />
    )
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={PLACEHOLDERS[kind] ?? label}
      inputMode={kind === 'integer' ? 'numeric' : kind === 'decimal' ? 'decimal' : undefined}
      error={error}
      {...draft.props}
    />
  )
}
