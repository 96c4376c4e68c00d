import { Button, TextInput } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreviewRows } from '#schemas/preview.ts'
import { tryQuery } from '#editor/api/try-query.ts'
import { plainText } from '#editor/model/plain-text.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'
import { useConnectionId } from './use-sql-help.ts'
import styles from './parameters.module.css'

/** A query asked once with values that somebody types, before any person is there to take them from. They are not kept. */
export function TryQuery({ sql, names }: { sql: string; names: readonly string[] }) {
  const { t } = useTranslation()
  const { sample } = useForm()
  const connectionId = useConnectionId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const valueOf = (name: string): string => typed[name] ?? unmasked(sample[name])
  const tried = useMutation({
    mutationFn: (asked: { connection: string; sql: string }) =>
      tryQuery(asked.connection, asked.sql, Object.fromEntries(names.map((name) => [name, valueOf(name)]))),
  })
  if (connectionId === null) return null
  const run = () => tried.mutate({ connection: connectionId, sql })
  // An answer is that of the text it was asked with.
  const current = tried.variables?.sql === sql
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconFlask size={14} />}
        aria-expanded={open}
        onClick={() => setOpen((old) => !old)}
      >
        {t('forms.parameters.try')}
      </Button>
      {open && (
        <div className={styles.try}>
          <div className={styles.tryRows}>
            {names.map((name) => (
              <TryValue
                key={name}
                name={name}
                value={valueOf(name)}
                onChange={(value) => setTyped((old) => ({ ...old, [name]: value }))}
                onEnter={run}
              />
            ))}
          </div>
          <Button size="compact-sm" variant="default" mt={8} loading={tried.isPending} onClick={run}>
            {t('forms.parameters.ask')}
          </Button>
          <div role="status">
            {current && tried.error !== null && <ErrorNote error={tried.error} />}
            {current && tried.data !== undefined && <Answer {...tried.data} />}
          </div>
        </div>
      )}
    </div>
  )
}

/** A masked value is none that a database would find. */
const unmasked = (value: string | undefined): string => (value === undefined || value.includes('*') ? '' : value)

function TryValue({
  name,
  value,
  onChange,
  onEnter,
}: {
  name: string
  value: string
  onChange: (value: string) => void
  onEnter: () => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <code>:{name}</code>
      <TextInput
        size="xs"
        aria-label={t('forms.parameters.testValue', { name })}
        placeholder={t('forms.parameters.testPlaceholder')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event.nativeEvent)) onEnter()
        }}
      />
    </>
  )
}

function Answer({ rows, problems }: { rows: PreviewRows | null; problems: Awaited<ReturnType<typeof tryQuery>>['problems'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (problems.length > 0) return <p className={styles.note}>{problems.map(({ message }) => message[language]).join(' ')}</p>
  if (rows === null || rows.rows.length === 0) return <p className={styles.note}>{t('forms.parameters.noRow')}</p>
  return (
    <div className={styles.answer}>
      <table>
        <thead>
          <tr>
            {rows.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of one answer never move
            <tr key={at}>
              {rows.columns.map(({ name }) => (
                <td key={name}>{row[name] === null ? t('forms.parameters.empty') : plainText(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(rows.rows.length > 1 || rows.more) && <p className={styles.note}>{t('forms.parameters.several')}</p>}
    </div>
  )
}
