import { Button, Checkbox, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeSettings, NoticeSettingsChange } from '#schemas/api/notices.ts'
import { NOTICE_KINDS, type NoticeKind } from '#schemas/notice-kinds.ts'
import { ApiError } from '#editor/api/client.ts'
import { changeNoticeSettings, noticeSettingsQuery } from '#editor/api/notices.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { Card } from './card.tsx'
import { NoticeEmail } from './notice-email.tsx'
import type { NoticeForm } from './notice-form.ts'
import { NoticeWebhook } from './notice-webhook.tsx'
import styles from './settings.module.css'

/** Who is told what needs a person, and how. */
export function NoticesCard() {
  const { t } = useTranslation()
  const query = useQuery(noticeSettingsQuery)
  return (
    <Card title={t('notices.settings.title')} text={t('notices.settings.text')}>
      <QueryState query={query}>{(settings) => <NoticesForm settings={settings} />}</QueryState>
    </Card>
  )
}

function NoticesForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [changes, setChanges] = useState<NoticeSettingsChange>({})
  const save = useMutation({
    mutationFn: () => changeNoticeSettings(changes),
    onSuccess: (next) => {
      client.setQueryData(noticeSettingsQuery.queryKey, next)
      setChanges({})
      toastDone(t('notices.settings.saved'))
    },
  })
  const form: NoticeForm = {
    value: { ...settings, ...changes },
    changes,
    set: (change) => {
      save.reset()
      setChanges((old) => ({ ...old, ...change }))
    },
    fault: (path) =>
      save.error instanceof ApiError ? save.error.fields.find((field) => field.path.startsWith(path))?.message : undefined,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Kinds form={form} />
      <Limits form={form} />
      <NoticeWebhook form={form} />
      <NoticeEmail form={form} />
      {save.error !== null && <ErrorNote error={save.error} />}
      <Button
        type="submit"
        loading={save.isPending}
        disabled={Object.keys(changes).length === 0}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('notices.settings.save')}
      </Button>
    </form>
  )
}

function Kinds({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group
      label={t('notices.settings.kinds')}
      description={t('notices.settings.kindsHelp')}
      value={form.value.kinds}
      onChange={(kinds) => form.set({ kinds: kinds as NoticeKind[] })}
    >
      <div className={styles.form}>
        {NOTICE_KINDS.map((kind) => (
          <Checkbox key={kind} value={kind} label={t(`notices.settings.kind.${kind}`)} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

const LIMITS = { failurePercent: 100, waitMinutes: 43_200, lateMinutes: 43_200 } as const

function Limits({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  return (['failurePercent', 'waitMinutes', 'lateMinutes'] as const).map((name) => (
    <NumberInput
      key={name}
      label={t(`notices.settings.${name}`)}
      description={t(`notices.settings.${name}Help`)}
      min={1}
      max={LIMITS[name]}
      clampBehavior="blur"
      allowDecimal={false}
      value={form.value[name]}
      error={form.fault(name)}
      onChange={(next) => typeof next === 'number' && form.set({ [name]: next })}
    />
  ))
}
