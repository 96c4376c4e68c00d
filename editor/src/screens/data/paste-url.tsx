import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { toastDone } from '#editor/parts/toasts.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { withValue } from './draft.ts'
import { readUrl, type ReadUrl } from './read-url.ts'
import type { ConnectionFormState } from './use-connection-form.ts'
import styles from './connection-form.module.css'

const examples = {
  postgres: 'postgres://reader:password@db.example.com:5432/shop',
  mysql: 'mysql://reader:password@db.example.com:3306/shop',
} as const

/** Splits a pasted address into the fields. The text itself is kept nowhere. */
export function PasteUrl({ form, onTaken }: { form: ConnectionFormState; onTaken: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const explain = useFaultText(form.kind.kind)
  const take = (given: string) => {
    const read = readUrl(given)
    const wrong = given.trim() === '' ? t('data.form.takeEmpty') : explain(read)
    setFault(wrong)
    if (wrong !== null || !('kind' in read)) return
    form.setDraft((old) => ({
      ...old,
      settings: { ...old.settings, ...read.settings },
      secrets: read.password === null ? old.secrets : withValue(old.secrets, 'password', read.password),
    }))
    toastDone(t(read.password === null ? 'data.url.tookNoPassword' : 'data.url.took'))
    onTaken()
  }
  return (
    <div className={styles.paste}>
      <TextInput
        label={t('data.form.url')}
        description={t('data.form.urlHelp')}
        placeholder={form.kind.kind === 'mysql' ? examples.mysql : examples.postgres}
        value={text}
        error={fault}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setFault(null)
        }}
        onPaste={(event) => {
          // A whole address into an empty field: no button needed.
          const pasted = event.clipboardData.getData('text')
          if (text !== '' || !('kind' in readUrl(pasted))) return
          event.preventDefault()
          setText(pasted)
          take(pasted)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          take(text)
        }}
      />
      <Button variant="light" onClick={() => take(text)}>
        {t('data.form.take')}
      </Button>
    </div>
  )
}

/** Why the address does not do, in words; null where it does. */
function useFaultText(kind: string): (read: ReturnType<typeof readUrl>) => string | null {
  const { t } = useTranslation()
  const language = useLanguage()
  const kinds = useNodeTypes().data?.connectionKinds ?? []
  const titleOf = (name: string) => kinds.find((one) => one.kind === name)?.title[language] ?? name
  const example = kind === 'mysql' ? examples.mysql : examples.postgres
  const other = (read: ReadUrl) =>
    read.kind === kind ? null : t('data.url.otherKind', { found: titleOf(read.kind), wanted: titleOf(kind) })
  return (read) => {
    if (!('fault' in read)) return other(read)
    if (read.fault === 'unknown-kind') return t('data.url.unknownKind', { scheme: read.scheme })
    return t(read.fault === 'no-host' ? 'data.url.noHost' : 'data.url.unreadable', { example })
  }
}
