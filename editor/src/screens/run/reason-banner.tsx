import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle, IconLoader2, IconPlayerPause, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { ApprovalBanner } from './approval-banner.tsx'
import { isApproval } from './approval-figures.ts'
import { Banner } from './banner.tsx'
import { PausedBanner } from './paused-banner.tsx'
import { ResumeRun } from './pause-run.tsx'
import { can, progressOf } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'
import { WaitingBanner } from './waiting-banner.tsx'

/** Why a run stands still or ended before its time, and what to do about it. Nothing where all is well. */
export function ReasonBanner({ run, place }: { run: Run; place: RunPlace }) {
  return (
    <>
      {run.stopping !== null && <StoppingBanner count={run.stopping.inFlight} />}
      <StateBanner run={run} place={place} />
      {run.warnings.map((warning) => (
        <WarningBanner key={`${warning.code} ${warning.nodeId ?? ''}`} warning={warning} />
      ))}
    </>
  )
}

function StateBanner({ run, place }: { run: Run; place: RunPlace }) {
  const { state, reason } = run
  if ((state === 'queued' || state === 'preparing') && can(run, 'resume')) return <PauseAskedBanner run={run} />
  if (state === 'paused') return <PausedBanner run={run} />
  if (reason !== null && isApproval(reason)) return <ApprovalBanner run={run} reason={reason} place={place} />
  if (state === 'waiting' || (state === 'sending' && run.cause !== null && run.cause.until !== null)) {
    return <WaitingBanner run={run} />
  }
  if (state === 'failed') return <FailedBanner run={run} />
  if (state === 'cancelled') return <CancelledBanner run={run} />
  // An empty audience, for example: it ended as it should, and yet somebody may wonder.
  if (state === 'completed' && reason !== null) return <EndedBanner message={reason.message} />
  return null
}

/** Reading is no sending: it goes on, and the run stands still before its first message. */
function PauseAskedBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  return (
    <Banner
      state="held"
      sign={<IconPlayerPause size={20} />}
      title={t('control.paused.asked')}
      actions={<ResumeRun run={run} size="xs" />}
    />
  )
}

function StoppingBanner({ count }: { count: number }) {
  const { t } = useTranslation()
  return <Banner state="held" sign={<IconLoader2 size={20} />} title={t('control.stopping', { count })} />
}

function FailedBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  const sent = progressOf(run).done - (run.outcomes['cancelled'] ?? 0) > 0
  const actions = (
    <>
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
    </>
  )
  return (
    <Banner
      state="failed"
      sign={<IconAlertTriangle size={20} />}
      title={t(sent ? 'run.reason.failed' : 'run.reason.failedNothing')}
      reason={run.reason}
      actions={actions}
    />
  )
}

function CancelledBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { done, left } = progressOf(run)
  const late = done > 0 && (run.outcomes['cancelled'] ?? 0) === 0 && left === 0
  const title = t(late ? 'run.reason.cancelledLate' : 'run.reason.cancelled')
  return <Banner state="cancelled" sign={<IconX size={20} />} title={title} reason={run.reason} />
}

function EndedBanner({ message }: { message: string }) {
  return <Banner state="held" sign={<IconInfoCircle size={20} />} title={message} />
}

function WarningBanner({ warning }: { warning: Run['warnings'][number] }) {
  const { t } = useTranslation()
  return <Banner state="warning" sign={<IconAlertTriangle size={20} />} title={t('control.warning')} reason={warning} />
}
