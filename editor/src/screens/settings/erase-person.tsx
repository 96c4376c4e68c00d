import { Alert, Button, TextInput } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErasedPerson } from '#schemas/api/retention.ts'
import { erasePerson } from '#editor/api/retention.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { readAddress } from '#editor/parts/read-address.ts'
import { EraseQuestion } from './erase-question.tsx'
import styles from './settings.module.css'

/** Lists that were read with people in them: what they hold is not there any more. */
const WITH_PEOPLE = ['run', 'message', 'outbox'] as const

/**
 * One person, by number or e-mail address, out of all runs: for who asks to be forgotten. The address is in this field and in the body of
 * the call, nowhere else, and cleared when it is done.
 */
export function ErasePerson() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState<ErasedPerson | null>(null)
  const address = readAddress(text)
  const erase = useMutation({
    // No variable of the mutation: those are kept beside its result.
    mutationFn: () => (address === null ? Promise.reject(new Error(t('privacy.erase.wrong'))) : erasePerson(address)),
    gcTime: 0,
    onSuccess: (answer) => {
      setErased(answer)
      setText('')
      for (const part of WITH_PEOPLE) client.removeQueries({ queryKey: [part], type: 'inactive' })
    },
    onSettled: () => setAsking(false),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (erase.isPending) return
    setWrong(address === null)
    setAsking(address !== null)
  }
  return (
    <form className={styles.group} onSubmit={submit} noValidate autoComplete="off">
      <TextInput
        label={t('privacy.erase.label')}
        description={t('privacy.erase.help')}
        placeholder="010-1234-5678"
        maxLength={320}
        // Neither the browser's memory of what was typed nor a spell checker elsewhere is told of it.
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        error={wrong ? t('privacy.erase.wrong') : null}
        onChange={(event) => {
          erase.reset()
          setErased(null)
          setWrong(false)
          setText(event.currentTarget.value)
        }}
      />
      {/* Never disabled: when the question closes, the focus comes back to it. */}
      <Button
        type="submit"
        variant="default"
        c="red"
        loading={erase.isPending}
        leftSection={<IconEraser size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('privacy.erase.action')}
      </Button>
      {erased !== null && <Erased person={erased} />}
      {erase.isError && <ErrorNote error={erase.error} title={t('privacy.erase.failed')} onRetry={() => erase.mutate()} />}
      <EraseQuestion
        opened={asking}
        address={text.trim()}
        busy={erase.isPending}
        onConfirm={() => erase.mutate()}
        onCancel={() => setAsking(false)}
      />
    </form>
  )
}

/** How much was erased, or that nothing was found, and where it still follows by itself. Mantine's alert is read out at once. */
function Erased({ person: { rows, runs, listRows, waiting } }: { person: ErasedPerson }) {
  const { t } = useTranslation()
  const counts = { rows: t('privacy.erase.rows', { count: rows }), runs: t('privacy.erase.runs', { count: runs }) }
  return (
    <Alert color={rows === 0 && listRows === 0 ? 'yellow' : 'green'} variant="light">
      {rows === 0 && listRows > 0 ? null : <p>{rows === 0 ? t('privacy.erase.nobody') : t('privacy.erase.done', counts)}</p>}
      {listRows > 0 && <p>{t('privacy.erase.lists', { count: listRows })}</p>}
      <p>{waiting > 0 ? t('privacy.erase.waiting', { count: waiting }) : t('privacy.erase.nothingOpen')}</p>
    </Alert>
  )
}
