import { Autocomplete, MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { QUERY_OPERATORS } from '#schemas/condition-operators.ts'
import type { CatalogColumn } from '#schemas/catalog.ts'
import type { QueryCondition } from '#schemas/visual-query.ts'
import { useTextDraft } from '../../use-text-draft.ts'
import { RangeField } from './range-field.tsx'
import styles from './visual-query.module.css'

interface Props {
  readonly condition: QueryCondition
  readonly column: CatalogColumn | undefined
  /** Values that the column was seen to have. */
  readonly seen: readonly string[]
  readonly onChange: (condition: QueryCondition) => void
}

/** What a condition compares with: a text, a choice where the database allows only some, two ends, or a stretch of time. */
export function ConditionValue({ condition, column, seen, onChange }: Props) {
  const { t } = useTranslation()
  const { is, value = '', to = '' } = condition
  if (is === 'within')
    return <RangeField range={condition.range} type={column?.type} onChange={(range) => onChange({ ...condition, range })} />
  const { values } = QUERY_OPERATORS[is]
  if (values === 0) return null
  const known = column?.values
  if (is === 'one-of' && known)
    return (
      <MultiSelect
        size="xs"
        aria-label={t('forms.conditions.value')}
        data={known}
        value={value.split(',').filter((one) => known.includes(one))}
        onChange={(next) => onChange({ ...condition, value: next.join(',') })}
      />
    )
  if ((is === 'equals' || is === 'not-equals') && known)
    return (
      <Select
        size="xs"
        aria-label={t('forms.conditions.value')}
        placeholder={t('forms.conditions.value')}
        data={known}
        value={value === '' ? null : value}
        onChange={(next) => onChange({ ...condition, value: next ?? '' })}
      />
    )
  const isDate = is !== 'one-of' && (column?.type === 'date' || column?.type === 'datetime' || column?.type === 'instant')
  const type = isDate ? 'date' : 'text'
  const hint = is === 'one-of' ? t('forms.conditions.severalHint') : t('forms.conditions.value')
  if (values === 2)
    return (
      <div className={styles.line}>
        <Field
          type={type}
          label={t('tableQuery.from')}
          value={value}
          onChange={(next) => onChange({ ...condition, value: next })}
        />
        <span aria-hidden>~</span>
        <Field type={type} label={t('tableQuery.to')} value={to} onChange={(next) => onChange({ ...condition, to: next })} />
      </div>
    )
  return (
    <Field
      type={type}
      label={t('forms.conditions.value')}
      hint={hint}
      seen={is === 'equals' || is === 'not-equals' ? seen : []}
      value={value}
      onChange={(next) => onChange({ ...condition, value: next })}
    />
  )
}

interface FieldProps {
  readonly type: 'date' | 'text'
  readonly label: string
  readonly hint?: string
  readonly seen?: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Field({ type, label, hint, seen = [], value, onChange }: FieldProps) {
  const draft = useTextDraft(value, onChange)
  const shared = { size: 'xs', 'aria-label': label, placeholder: hint ?? label, className: styles.grow } as const
  if (type === 'date' || seen.length === 0) return <TextInput {...shared} type={type} {...draft.props} />
  const { value: shown, onCompositionStart, onCompositionEnd } = draft.props
  return (
    <Autocomplete
      {...shared}
      data={[...seen]}
      value={shown}
      onChange={draft.set}
      onCompositionStart={onCompositionStart}
      onCompositionEnd={onCompositionEnd}
    />
  )
}
