import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#schemas/api/settings.ts'
import type { Guards } from '#schemas/guards.ts'
import { changeSettings, settingsQuery } from '#editor/api/settings.ts'
import { GuardFields } from '#editor/guards/guard-fields.tsx'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** What is looked at before any run sends, where its workflow says nothing else. */
export function GuardsCard() {
  const { t } = useTranslation()
  const query = useQuery(settingsQuery)
  return (
    <Card title={t('guards.workspaceTitle')} text={t('guards.workspaceText')}>
      <QueryState query={query}>{(settings) => <GuardsForm settings={settings} />}</QueryState>
    </Card>
  )
}

const NOTHING: Guards = {}

function GuardsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [changed, setChanged] = useState<Guards | null>(null)
  const save = useMutation({
    mutationFn: (guards: Guards) => changeSettings({ guards }),
    onSuccess: (next) => {
      client.setQueryData(settingsQuery.queryKey, next)
      setChanged(null)
      toastDone(t('guards.saved'))
    },
  })
  return (
    <div className={styles.form}>
      <GuardFields
        guards={changed ?? settings.guards}
        workspace={NOTHING}
        onChange={(next) => {
          save.reset()
          setChanged(next)
        }}
      />
      {save.isError && <ErrorNote error={save.error} />}
      <Button
        loading={save.isPending}
        disabled={changed === null}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => changed !== null && save.mutate(changed)}
      >
        {t('guards.save')}
      </Button>
    </div>
  )
}
