import { Switch } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { PART_INPUT } from '#schemas/sub-workflow.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import { switchWorkflow } from '#editor/api/workflows.ts'
import styles from './workflow-table.module.css'

/** On and off for what is published; else why it cannot be turned on. */
export function WorkflowState({ item }: { item: WorkflowItem }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (on: boolean) => switchWorkflow(item.id, on),
    onSuccess: ({ enabled }) => toastDone(t(enabled ? 'home.state.nowOn' : 'home.state.nowOff', { name: item.name })),
    onError: (error) => toastError(error),
    onSettled: () => client.invalidateQueries({ queryKey: ['workflows'] }),
  })
  // Without steps it has only just begun: nothing that somebody did wrong.
  const errors = item.chain.length === 0 ? 0 : item.problems.errors
  // What others use inside is started by them.
  const isPart = item.chain.some(({ type }) => type === PART_INPUT)
  const on = change.isPending ? change.variables : item.enabled
  return (
    <span className={styles.state}>
      {item.lastRun?.state === 'paused' && (
        <Pill tone="bad" icon={<IconPlayerPause size={12} aria-hidden />}>
          {t('home.state.paused')}
        </Pill>
      )}
      {item.published === null ? (
        <Pill>{t('home.state.draft')}</Pill>
      ) : isPart ? (
        <Pill>{t('home.state.part')}</Pill>
      ) : (
        <Switch
          className={styles.above}
          checked={on}
          disabled={change.isPending}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
          label={t(on ? 'home.state.on' : 'home.state.off')}
          aria-label={t('home.state.toggle', { name: item.name })}
        />
      )}
      {errors > 0 && <Pill tone="bad">{t('home.state.errors', { count: errors })}</Pill>}
    </span>
  )
}
