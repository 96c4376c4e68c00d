import { Button, NumberInput, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeRetention, retentionQuery } from '#editor/api/retention.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { formatDay } from '#editor/parts/times.ts'
import { toastDone } from '#editor/parts/toasts.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { deletedOn, firstKept } from './first-kept.ts'
import styles from './settings.module.css'

const LEAST = 1
const MOST = 120

/** Months for which people, texts and messages stay. What a shorter time deletes is said before. */
export function KeepForm({ keepMonths }: { keepMonths: number }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  // An emptied field is text.
  const [typed, setTyped] = useState<number | string | null>(null)
  const [asking, setAsking] = useState(false)
  const month = useMonth()
  const now = useMinute()
  const value = typed ?? keepMonths
  const months = typeof value === 'number' && Number.isInteger(value) && value >= LEAST && value <= MOST ? value : null
  const save = useMutation({
    mutationFn: (keep: number) => changeRetention({ keepMonths: keep }),
    onSuccess: (next) => {
      client.setQueryData(retentionQuery.queryKey, next)
      setTyped(null)
      toastDone(t('privacy.keep.saved'))
      // Their pages say until when they are kept.
      void client.invalidateQueries({ queryKey: ['run'] })
    },
    onSettled: () => setAsking(false),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (months === null) return
    if (months < keepMonths) setAsking(true)
    else save.mutate(months)
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <NumberInput
        label={t('privacy.keep.label')}
        description={t('privacy.keep.help')}
        min={LEAST}
        max={MOST}
        // A number that is put right unseen would delete, or keep, what nobody meant.
        clampBehavior="none"
        allowDecimal={false}
        suffix={t('privacy.keep.unit', { count: months ?? 0 })}
        value={value}
        error={months === null ? t('privacy.keep.wrong', { least: LEAST, most: MOST }) : null}
        onChange={(next) => {
          save.reset()
          setTyped(next)
        }}
      />
      {months !== null && <Until months={months} />}
      {save.isError && <ErrorNote error={save.error} />}
      <Button
        type="submit"
        loading={save.isPending}
        disabled={months === null || months === keepMonths}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('privacy.keep.save')}
      </Button>
      <Confirm
        opened={asking}
        title={t('privacy.keep.shorterTitle', { count: months ?? 0 })}
        text={
          <Stack gap={10}>
            <b style={{ color: 'var(--ink)' }}>
              {t('privacy.keep.shorterText', { month: month(firstKept(now, months ?? keepMonths)) })}
            </b>
            <span>{t('privacy.keep.shorterOpen')}</span>
          </Stack>
        }
        action={t('privacy.keep.shorterGo')}
        danger
        busy={save.isPending}
        onConfirm={() => months !== null && save.mutate(months)}
        onCancel={() => setAsking(false)}
      />
    </form>
  )
}

/** What the number means for a run of today, as the run's own page will say it. */
function Until({ months }: { months: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useMinute()
  // A day is a day already: no zone moves it.
  const day = formatDay(deletedOn(now, months), { language, zone: 'UTC', now })
  return <p className={styles.quiet}>{t('privacy.keep.until', { day })}</p>
}

/** A month as people say it; the tables' months are those of UTC. */
function useMonth(): (day: Date) => string {
  const language = useLanguage()
  return (day) => new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(day)
}
