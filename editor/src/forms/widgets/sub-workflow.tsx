import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Part } from '#schemas/api/parts.ts'
import { partsQuery } from '#editor/api/parts.ts'
import { useForm, useMessages } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import styles from '../forms.module.css'
import { useFieldProps } from './simple.tsx'

/** The workflows that can be put inside this one, by name. Choosing one takes its newest version, and what comes in and goes out of it. */
export function SubWorkflowWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { configure } = useForm()
  const { id: own } = useParams({ strict: false })
  const parts = useQuery(partsQuery)
  const notes = useMessages(props.path).filter(({ severity }) => severity !== 'error')
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  // It may not stand in itself.
  const items = (parts.data?.items ?? []).filter(({ id }) => id !== own)
  const known = items.map(({ id, name }) => ({ value: id, label: name }))
  const name = props.siblings?.name
  const isGone = value !== null && !known.some((one) => one.value === value)
  const shown = isGone ? [...known, { value, label: typeof name === 'string' ? name : t('forms.part.gone') }] : known
  const choose = (id: string | null) => {
    const part = items.find((one) => one.id === id)
    if (part !== undefined && part.id !== value) configure?.(choiceOf(part))
  }
  return (
    <div>
      <Select
        {...field}
        placeholder={field.placeholder || t('forms.part.choose')}
        data={shown}
        value={value}
        searchable={known.length > 8}
        allowDeselect={false}
        nothingFoundMessage={t('forms.part.none')}
        onChange={choose}
      />
      {parts.data !== undefined && known.length === 0 && <p className={styles.partNote}>{t('forms.part.none')}</p>}
      {value !== null && !isGone && (
        <p className={styles.partNote}>
          {t('forms.part.version', { version: Number(props.siblings?.version) })} ·{' '}
          <Link to="/workflows/$id" params={{ id: value }}>
            {t('forms.part.open')}
          </Link>
        </p>
      )}
      {notes.map(({ message }) => (
        <p key={message} className={styles.partNote}>
          {message}
        </p>
      ))}
    </div>
  )
}

/** The fields of the step for another workflow; columns that were chosen for the one before are none of this one's. */
function choiceOf({ id, name, version, face }: Part): Record<string, unknown> {
  return { workflow: id, version, name, ...face, columns: null }
}
