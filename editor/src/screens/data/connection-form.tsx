import { Input, SegmentedControl, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfigForm } from '#editor/forms/config-form.tsx'
import { bareSurroundings, FormSurroundingsProvider } from '#editor/forms/form-context.ts'
import { asFormSchema, type FormSchema } from '#editor/forms/form-schema.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { messagesOf, withValue } from './draft.ts'
import { KindSign } from './kind-sign.tsx'
import { PasteUrl } from './paste-url.tsx'
import { secretForm } from './secret-form.ts'
import { SideCards } from './side-cards.tsx'
import { TestCard } from './test-result.tsx'
import type { ConnectionFormState } from './use-connection-form.ts'
import styles from './connection-form.module.css'

export const FORM_ID = 'connection-form'

interface ConnectionFormProps {
  readonly form: ConnectionFormState
  readonly onSave: () => void
  /** More at the head of the form: the way back to the kinds. */
  readonly more?: ReactNode
  /** What stands at the right instead of the test, which then comes below the form: the tables of a saved database. */
  readonly beside?: ReactNode
  readonly children?: ReactNode
}

/** Puts the cursor where another account is typed. */
function toAccount(): void {
  const field = document.querySelector<HTMLInputElement>(`#${FORM_ID} [data-field='user'] input`)
  field?.focus()
  field?.select()
}

/** Name, settings and secrets of a connection at the left; the test and what it means at the right. */
export function ConnectionForm({ form, onSave, more, beside, children }: ConnectionFormProps) {
  const { kind } = form
  const [pasting, setPasting] = useState(kind.role === 'database' && form.connection === null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSave()
  }
  const test = (
    <>
      <TestCard
        role={kind.role}
        busy={form.testing}
        result={form.testResult}
        error={form.testError}
        onTest={() => void form.test()}
        onOtherAccount={toAccount}
      />
      <SideCards kind={kind} />
    </>
  )
  return (
    <div className={styles.columns} data-tables={beside !== undefined || undefined}>
      <div className={styles.column}>
        <form id={FORM_ID} className={styles.card} onSubmit={submit} noValidate>
          <FormHead form={form} pasting={pasting} onPasting={setPasting} more={more} />
          <div className={styles.fields}>
            {pasting && <PasteUrl form={form} onTaken={() => setPasting(false)} />}
            <Fields form={form} />
            {form.error !== null && <ErrorNote error={form.error} />}
          </div>
        </form>
        {beside !== undefined && test}
        {children}
      </div>
      <div className={styles.column}>{beside ?? test}</div>
    </div>
  )
}

interface FormHeadProps {
  readonly form: ConnectionFormState
  readonly pasting: boolean
  readonly onPasting: (pasting: boolean) => void
  readonly more: ReactNode
}

function FormHead({ form: { kind }, pasting, onPasting, more }: FormHeadProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <header className={styles.head}>
      <h2>
        <KindSign kind={kind.kind} role={kind.role} size={30} />
        {kind.title[language]}
        {more}
      </h2>
      {kind.role === 'database' && (
        <SegmentedControl
          size="xs"
          aria-label={t('data.form.how')}
          value={pasting ? 'paste' : 'fill'}
          onChange={(next) => onPasting(next === 'paste')}
          data={[
            { value: 'paste', label: t('data.form.paste') },
            { value: 'fill', label: t('data.form.fill') },
          ]}
        />
      )}
    </header>
  )
}

function Fields({ form }: { form: ConnectionFormState }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { kind, draft, setDraft, faults, connection } = form
  const secrets = secretForm(asFormSchema(kind.secretsSchema), {
    set: connection?.secretsSet ?? [],
    kept: { en: t('data.form.secretKept'), ko: t('data.form.secretKept') },
  })
  const setting = (name: string, value: unknown) =>
    setDraft((old) => ({ ...old, settings: withValue(old.settings, name, value) }))
  const secret = (name: string, value: unknown) =>
    setDraft((old) => ({
      ...old,
      secrets: withValue(old.secrets, name, typeof value === 'string' && value !== '' ? value : undefined),
    }))
  return (
    <>
      <TextInput
        label={t('data.form.name')}
        description={t('data.form.nameHelp')}
        placeholder={kind.title[language]}
        withAsterisk
        maxLength={200}
        value={draft.name}
        error={faults.find(({ path }) => path === 'name')?.message}
        onChange={(event) => {
          const name = event.currentTarget.value
          setDraft((old) => ({ ...old, name }))
        }}
      />
      <Part
        schema={asFormSchema(kind.settingsSchema)}
        part="settings"
        faults={faults}
        value={draft.settings}
        onChange={setting}
      />
      {Object.keys(secrets.properties ?? {}).length > 0 && (
        <>
          <Part schema={secrets} part="secrets" faults={faults} value={draft.secrets} onChange={secret} />
          <Input.Description className={styles.note}>
            <IconLock size={16} aria-hidden />
            {t('data.form.secretsNote')}
          </Input.Description>
        </>
      )}
    </>
  )
}

interface PartProps {
  readonly schema: FormSchema
  readonly part: 'settings' | 'secrets'
  readonly faults: ConnectionFormState['faults']
  readonly value: Readonly<Record<string, unknown>>
  readonly onChange: (name: string, value: unknown) => void
}

function Part({ schema, part, faults, value, onChange }: PartProps) {
  return (
    <div className={styles.grid}>
      <FormSurroundingsProvider value={{ ...bareSurroundings, messages: messagesOf(faults, part) }}>
        <ConfigForm schema={schema} value={value} onChange={onChange} />
      </FormSurroundingsProvider>
    </div>
  )
}
