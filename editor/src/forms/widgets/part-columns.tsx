import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartNeed } from '#schemas/part-face.ts'
import { FieldFixes } from '../field-fixes.tsx'
import { errorText, useForm, useMessages } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import styles from '../forms.module.css'
import { ColumnOption } from './column-option.tsx'
import { useColumnChoices } from './column.tsx'
import { useFieldProps } from './simple.tsx'

/** For each column that the chosen workflow needs: which of those that come in is meant. One of the same name needs no choice. */
export function PartColumnsWidget(props: WidgetProps) {
  const { label, description } = useFieldProps(props)
  const needs = needsOf(props.siblings?.needs)
  // Chosen columns by the names that are needed, as the schema says.
  const chosen = (props.value ?? {}) as Readonly<Record<string, string>>
  if (needs.length === 0) return null
  const choose = (name: string, column: string | null) => {
    const { [name]: _old, ...rest } = chosen
    const next = column === null || column === name ? rest : { ...rest, [name]: column }
    props.onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <fieldset className={styles.partColumns}>
      <legend>{label}</legend>
      {description !== undefined && <p className={styles.partNote}>{description}</p>}
      {needs.map((need) => (
        <NeededColumn
          key={need.name}
          need={need}
          path={`${props.path}/${need.name}`}
          chosen={chosen[need.name] ?? null}
          onChoose={(column) => choose(need.name, column)}
        />
      ))}
    </fieldset>
  )
}

interface NeededColumnProps {
  readonly need: PartNeed
  readonly path: string
  readonly chosen: string | null
  readonly onChoose: (column: string | null) => void
}

function NeededColumn({ need, path, chosen, onChoose }: NeededColumnProps) {
  const { t } = useTranslation()
  const { columns } = useForm()
  const messages = useMessages(path)
  const same = columns.some(({ name }) => name === need.name) ? need.name : null
  const value = chosen ?? same
  const { groups } = useColumnChoices(value === null ? [] : [value], undefined)
  return (
    <div data-field={path}>
      <Select
        label={need.name}
        required={need.required}
        placeholder={t(need.required ? 'forms.column.choose' : 'forms.part.empty')}
        data={groups}
        value={value}
        error={errorText(messages)}
        searchable
        clearable={chosen !== null}
        nothingFoundMessage={t(columns.length === 0 ? 'forms.column.noneYet' : 'forms.column.notFound')}
        renderOption={({ option }) => (
          <ColumnOption column={columns.find(({ name }) => name === option.value) ?? { name: option.value }} />
        )}
        onChange={onChoose}
      />
      <FieldFixes path={path} />
    </div>
  )
}

function needsOf(value: unknown): PartNeed[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (need: unknown): need is PartNeed =>
      typeof need === 'object' && need !== null && 'name' in need && typeof need.name === 'string',
  )
}
