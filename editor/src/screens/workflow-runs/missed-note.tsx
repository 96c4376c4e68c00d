import { Button } from '@mantine/core'
import { IconCalendarX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import { missedFiresQuery } from '#editor/api/schedules.ts'
import { executeWorkflow, workflowStatusQuery } from '#editor/api/workflows.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import { openMissed } from '../home/attention.ts'
import styles from './missed-note.module.css'

/** Times that are named one by one; more are only counted. */
const SHOWN = 3

/** Scheduled starts that no later run made up for, and a late start that asks first. Nothing where none was missed. */
export function MissedNote({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation()
  const missed = useQuery(missedFiresQuery(workflow.id)).data?.items ?? []
  const status = useQuery(workflowStatusQuery(workflow.id)).data
  if (status === undefined) return null
  const open = openMissed(status, missed)
  if (open.length === 0) return null
  return (
    <section className={styles.note} aria-labelledby="missed">
      <IconCalendarX size={20} aria-hidden className={styles.sign} />
      <div className={styles.words}>
        <b id="missed">{t('runs.missed.title', { count: open.length })}</b>
        <p>
          {open.slice(0, SHOWN).map(({ fireAt }, place) => (
            <span key={fireAt}>
              {place > 0 && ' · '}
              <RelativeTime at={fireAt} />
            </span>
          ))}
          {open.length > SHOWN && ` · ${t('runs.missed.more', { count: open.length - SHOWN })}`}
        </p>
        <p>{t('runs.missed.text')}</p>
      </div>
      {workflow.published !== null && <StartLate workflow={workflow} version={workflow.published.version} />}
    </section>
  )
}

function StartLate({ workflow, version }: { workflow: Workflow; version: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  // One key for all clicks of this note: an answer that was lost must not start it twice.
  const key = useRef(crypto.randomUUID())
  const start = useMutation({
    mutationFn: () => executeWorkflow(workflow.id, { version }, key.current),
    onSuccess: ({ runId }) => navigate({ to: '/runs/$id', params: { id: runId } }),
    onError: (error) => {
      setAsking(false)
      toastError(error)
    },
  })
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('runs.missed.start')}
      </Button>
      <Confirm
        opened={asking}
        title={t('runs.missed.askTitle', { name: workflow.document.name })}
        text={t('runs.missed.askText', { version })}
        action={t('runs.missed.start')}
        busy={start.isPending}
        onConfirm={() => start.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
