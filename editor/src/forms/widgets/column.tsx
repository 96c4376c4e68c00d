import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { columnSuits, type Prefer } from '#editor/model/column-suits.ts'
import type { Column } from '#schemas/column.ts'
import { useForm } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { ColumnOption } from './column-option.tsx'
import { useFieldProps } from './simple.tsx'

/** What a person reads: the friendly name, with the technical one beside it where they differ. */
export function columnText(column: Pick<Column, 'name' | 'label'>): string {
  return column.label === undefined || column.label === column.name ? column.name : `${column.label} (${column.name})`
}

/** Columns for a choice; a chosen one that is not there any more stays visible. */
export function useColumnChoices(value: readonly string[], prefer: Prefer | undefined) {
  const { columns } = useForm()
  const { t } = useTranslation()
  const first = prefer === undefined ? [] : columns.filter((column) => columnSuits(column, prefer))
  const rest = columns.filter((column) => !first.includes(column))
  const gone = value.filter((name) => name !== '' && !columns.some((column) => column.name === name))
  const option = (column: Column) => ({ value: column.name, label: columnText(column) })
  const groups = [
    { group: t('forms.column.gone'), items: gone.map((name) => ({ value: name, label: name })) },
    { group: t('forms.column.suggested'), items: first.map(option) },
    { group: first.length === 0 ? t('forms.column.all') : t('forms.column.others'), items: rest.map(option) },
  ].filter(({ items }) => items.length > 0)
  return { groups, isGone: (name: string) => gone.includes(name) }
}

export function ColumnWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { columns } = useForm()
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  const { groups } = useColumnChoices(value === null ? [] : [value], props.schema['x-form']?.prefer)
  return (
    <Select
      {...field}
      placeholder={field.placeholder || t('forms.column.choose')}
      data={groups}
      value={value}
      searchable
      clearable={!props.required}
      nothingFoundMessage={columns.length === 0 ? t('forms.column.noneYet') : t('forms.column.notFound')}
      renderOption={({ option }) => (
        <ColumnOption column={columns.find(({ name }) => name === option.value) ?? { name: option.value }} />
      )}
      onChange={(next) => props.onChange(next ?? (props.required ? '' : undefined))}
    />
  )
}

export function ColumnsWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { columns } = useForm()
  const value = Array.isArray(props.value) ? props.value.map(String) : []
  const { groups } = useColumnChoices(value, props.schema['x-form']?.prefer)
  return (
    <MultiSelect
      {...field}
      placeholder={value.length === 0 ? field.placeholder || t('forms.column.choose') : ''}
      data={groups}
      value={value}
      searchable
      nothingFoundMessage={columns.length === 0 ? t('forms.column.noneYet') : t('forms.column.notFound')}
      onChange={(next) => props.onChange(next.length === 0 && !props.required ? undefined : next)}
    />
  )
}
