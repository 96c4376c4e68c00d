import { Anchor, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listsQuery } from '#editor/api/lists.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'

/** The lists that were pasted, by name, with how many are in each. */
export function StoredListWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const lists = useQuery(listsQuery)
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  const known = (lists.data?.items ?? []).map(({ id, name, rowCount }) => ({
    value: id,
    label: t('forms.storedList.one', { name, count: rowCount }),
  }))
  const isGone = value !== null && lists.data !== undefined && !known.some((one) => one.value === value)
  return (
    <div>
      <Select
        {...field}
        placeholder={field.placeholder || t('forms.storedList.choose')}
        data={isGone ? [...known, { value, label: t('forms.storedList.gone') }] : known}
        value={value}
        searchable={known.length > 8}
        allowDeselect={false}
        onChange={(next) => props.onChange(next ?? '')}
      />
      <Anchor href="/start/list" size="xs">
        {t('forms.storedList.add')}
      </Anchor>
    </div>
  )
}
