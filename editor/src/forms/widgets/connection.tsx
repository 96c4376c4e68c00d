import { Anchor, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import type { FieldForm } from '#schemas/form.ts'
import { useForm } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'

function suits(connection: Connection, wanted: FieldForm['connection']): boolean {
  if (wanted === undefined) return true
  if (wanted.role !== 'provider') return connection.role === wanted.role
  return connection.role === 'provider' && connection.channels.includes(wanted.channel)
}

/** The connections that can do what the step needs, with how they fared last. */
export function ConnectionWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { connections } = useForm()
  const fitting = connections.filter((connection) => suits(connection, props.schema['x-form']?.connection))
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  const data = fitting.map(({ id, name, health }) => ({
    value: id,
    label: health.state === 'failed' ? t('forms.connection.failing', { name }) : name,
  }))
  if (value !== null && !fitting.some(({ id }) => id === value)) {
    data.push({ value, label: connections.find(({ id }) => id === value)?.name ?? t('forms.connection.missing', { id: value }) })
  }
  return (
    <div>
      <Select
        {...field}
        placeholder={field.placeholder || t('forms.connection.choose')}
        data={data}
        value={value}
        searchable={data.length > 8}
        allowDeselect={false}
        onChange={(next) => props.onChange(next ?? '')}
      />
      <Anchor href="/data/new" size="xs">
        {t('forms.connection.add')}
      </Anchor>
    </div>
  )
}
