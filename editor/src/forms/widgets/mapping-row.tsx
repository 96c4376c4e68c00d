import { ActionIcon, Select } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { friendlyName } from '#schemas/friendly-name.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { errorText, useForm, useMessages } from '../form-context.ts'
import type { FormSchema } from '../form-schema.ts'
import { FieldFixes } from '../field-fixes.tsx'
import { SchemaForm } from '../schema-form.tsx'
import { ColumnOption } from './column-option.tsx'
import { columnText } from './column.tsx'
import { KeepVariable } from './keep-variable.tsx'
import { VariableName } from './variable-name.tsx'
import styles from '../forms.module.css'

interface MappingRowProps {
  readonly name: string
  readonly path: string
  readonly schema: FormSchema
  readonly entry: Readonly<Record<string, unknown>>
  /** A text after this step asks for it; else the row may be taken away. */
  readonly wanted: boolean
  readonly onChange: (entry: Record<string, unknown> | undefined) => void
}

/** One variable: its column, how it looks for the person shown, and behind the button its format and what happens when it is empty. */
export function MappingRow({ name, path, schema, entry, wanted, onChange }: MappingRowProps) {
  const { t } = useTranslation()
  const { columns, sample, suggest } = useForm()
  const language = useLanguage()
  const messages = useMessages(path, true)
  const inner = messages.some(({ severity }) => severity === 'error')
  const [asked, setAsked] = useState(false)
  const column = typeof entry.column === 'string' && entry.column !== '' ? entry.column : null
  const gone = column !== null && columns.length > 0 && !columns.some((one) => one.name === column)
  const mended = messages.some(({ fix }) => fix !== null)
  const guesses = !mended && (column === null || gone) ? suggest(name).slice(0, 2) : []
  const error = errorText(messages) ?? (column === null && wanted ? t('forms.mapping.gap') : null)
  const set = (field: string, value: unknown) => {
    const { [field]: _old, ...rest } = entry
    onChange(value === undefined ? rest : { ...entry, [field]: value })
  }
  return (
    <div className={styles.variable} role="listitem" data-field={path} data-gap={column === null || gone || inner}>
      <MappingLine
        name={name}
        column={column}
        wrong={column === null || gone || inner}
        wanted={wanted}
        details={asked}
        onColumn={(next) => set('column', next)}
        onDetails={setAsked}
        onRemove={() => onChange(undefined)}
      />
      {error !== null && <p className={styles.gap}>{error}</p>}
      <FieldFixes path={path} deep />
      {guesses.map((guess) => (
        <button key={guess.column.name} type="button" className={styles.guess} onClick={() => set('column', guess.column.name)}>
          {t('forms.mapping.fillWith', { column: friendlyName(guess.column, language) })} <code>{guess.column.name}</code>{' '}
          <small>{t(`forms.holes.why.${guess.reason}`)}</small>
        </button>
      ))}
      {error === null && sample[name] !== undefined && (
        <p className={styles.looks}>{t('forms.mapping.looks', { value: sample[name] })}</p>
      )}
      {asked && (
        <div className={styles.group}>
          <VariableName name={name} />
          {column !== null && <KeepVariable name={name} entry={entry} />}
          <SchemaForm schema={schema} value={entry} path={path} leaveOut={['column']} onChange={set} />
        </div>
      )}
    </div>
  )
}

interface MappingLineProps {
  readonly name: string
  readonly column: string | null
  readonly wrong: boolean
  readonly wanted: boolean
  readonly details: boolean
  readonly onColumn: (column: string) => void
  readonly onDetails: (open: boolean) => void
  readonly onRemove: () => void
}

/** Name, column and buttons of one variable. */
function MappingLine({ name, column, wrong, wanted, details, onColumn, onDetails, onRemove }: MappingLineProps) {
  const { t } = useTranslation()
  const { columns } = useForm()
  return (
    <div className={styles.variableLine}>
      <span className={styles.variableName} title={name}>
        {name}
      </span>
      <Select
        aria-label={t('forms.mapping.columnFor', { name })}
        size="xs"
        data={choicesFor(columns, column)}
        value={column}
        searchable
        error={wrong}
        placeholder={t('forms.mapping.choose')}
        nothingFoundMessage={columns.length === 0 ? t('forms.column.noneYet') : t('forms.column.notFound')}
        renderOption={({ option }) => (
          <ColumnOption column={columns.find((one) => one.name === option.value) ?? { name: option.value }} />
        )}
        comboboxProps={{ width: 280, position: 'bottom-end' }}
        onChange={(next) => onColumn(next ?? '')}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-expanded={details}
        aria-label={t('forms.mapping.details', { name })}
        onClick={() => onDetails(!details)}
      >
        <IconAdjustmentsHorizontal size={15} />
      </ActionIcon>
      {!wanted && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('forms.mapping.remove', { name })}
          onClick={() => onRemove()}
        >
          <IconTrash size={15} />
        </ActionIcon>
      )}
    </div>
  )
}

function choicesFor(columns: readonly { name: string; label?: string; variable?: boolean }[], chosen: string | null) {
  const own = columns
    .filter(({ variable }) => variable !== true)
    .map((column) => ({ value: column.name, label: columnText(column) }))
  return chosen === null || own.some(({ value }) => value === chosen) ? own : [{ value: chosen, label: chosen }, ...own]
}
