import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#schemas/api/settings.ts'
import { ApiError } from '#editor/api/client.ts'
import { changeSettings, settingsQuery } from '#editor/api/settings.ts'
import { ZoneSelect } from '#editor/parts/zone-select.tsx'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** Name, time zone and default language, the same for everybody. */
export function WorkspaceCard() {
  const { t } = useTranslation()
  const query = useQuery(settingsQuery)
  return (
    <Card title={t('settings.workspace.title')} text={t('settings.workspace.text')}>
      <QueryState query={query}>{(settings) => <WorkspaceForm settings={settings} />}</QueryState>
    </Card>
  )
}

function WorkspaceForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [changes, setChanges] = useState<Partial<Settings>>({})
  const value = { ...settings, ...changes }
  const save = useMutation({
    mutationFn: () => changeSettings({ name: value.name.trim(), timezone: value.timezone, language: value.language }),
    onSuccess: (next) => {
      client.setQueryData(settingsQuery.queryKey, next)
      setChanges({})
      toastDone(t('settings.workspace.saved'))
    },
  })
  const set = (change: Partial<Settings>) => {
    save.reset()
    setChanges((old) => ({ ...old, ...change }))
  }
  const empty = value.name.trim() === ''
  const dirty = value.name !== settings.name || value.timezone !== settings.timezone || value.language !== settings.language
  const fault = (path: string) =>
    save.error instanceof ApiError ? save.error.fields.find((field) => field.path === path)?.message : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!empty && dirty) save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('settings.workspace.name')}
        maxLength={200}
        withAsterisk
        value={value.name}
        error={empty ? t('settings.workspace.nameEmpty') : fault('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ZoneSelect
        label={t('settings.workspace.timezone')}
        description={t('settings.workspace.timezoneHelp')}
        value={value.timezone}
        error={fault('timezone')}
        allowDeselect={false}
        onChange={(next) => next !== null && set({ timezone: next })}
      />
      <Select
        label={t('settings.workspace.language')}
        description={t('settings.workspace.languageHelp')}
        data={[
          { value: 'ko', label: '한국어' },
          { value: 'en', label: 'English' },
        ]}
        value={value.language}
        allowDeselect={false}
        onChange={(next) => (next === 'ko' || next === 'en') && set({ language: next })}
      />
      {save.error !== null && <ErrorNote error={save.error} />}
      <Button type="submit" loading={save.isPending} disabled={!dirty || empty} style={{ alignSelf: 'flex-start' }}>
        {t('settings.workspace.save')}
      </Button>
    </form>
  )
}
