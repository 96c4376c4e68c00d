import { Button } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconPlayerPause, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { isEnded, progressOf } from './run-facts.ts'
import styles from './reason-banner.module.css'

const signs = { failed: IconAlertTriangle, paused: IconPlayerPause, waiting: IconClock, cancelled: IconX } as const

/** Why a run stands still or ended before its time, and where to mend it. Nothing where all is well. */
export function ReasonBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { state, reason } = run
  if (state !== 'failed' && state !== 'paused' && state !== 'waiting' && state !== 'cancelled') return null
  const { done, left } = progressOf(run)
  const title = {
    failed: t(done - (run.outcomes.cancelled ?? 0) > 0 ? 'run.reason.failed' : 'run.reason.failedNothing'),
    paused: t('run.reason.paused', { count: left }),
    waiting: t('run.reason.waiting'),
    cancelled: t(
      done > 0 && (run.outcomes.cancelled ?? 0) === 0 && left === 0 ? 'run.reason.cancelledLate' : 'run.reason.cancelled',
    ),
  }[state]
  const Sign = signs[state]
  return (
    <div className={styles.banner} data-state={state} role={isEnded(state) ? 'status' : 'alert'}>
      <Sign size={20} aria-hidden className={styles.sign} />
      <div className={styles.words}>
        <b>{title}</b>
        {reason !== null && (
          <p>
            {reason.message}{' '}
            <small>
              {t('run.reason.code')} <code>{reason.code}</code>
            </small>
          </p>
        )}
      </div>
      {(state === 'failed' || state === 'paused') && (
        <div className={styles.actions}>
          <Button size="xs" variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
            {t('run.reason.connections')}
          </Button>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to="/workflows/$id" params={{ id: run.workflowId }} {...props} />}
          >
            {t('run.reason.fix')}
          </Button>
        </div>
      )}
    </div>
  )
}
