import { Button } from '@mantine/core'
import { IconClipboardCheck, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run, RunReason } from '#schemas/run.ts'
import { approveRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { formatMoney, formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { approvalFigures, approvedCount, type ApprovalFigure } from './approval-figures.ts'
import { Banner } from './banner.tsx'
import { can } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'
import { useRunAction } from './use-run-action.ts'
import styles from './reason-banner.module.css'

interface ApprovalBannerProps {
  readonly run: Run
  readonly reason: RunReason
  readonly place: RunPlace
}

/** A guard stopped the run before its first message (or after its first part): the figures, and a person's word. */
export function ApprovalBanner({ run, reason, place }: ApprovalBannerProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const count = approvedCount(reason, run.toSend)
  const done = t('control.approve.done')
  const approve = useRunAction({ run, act: approveRun, done, after: () => setAsking(false) })
  const action =
    reason.code === 'guard-empty'
      ? t('control.approve.endEmpty')
      : count === null
        ? t('control.approve.action')
        : t('control.approve.actionCount', { count })
  const actions = (
    <>
      {reason.code !== 'guard-empty' && place.view !== 'people' && (
        <Button size="xs" variant="default" onClick={() => place.go({ view: 'people', state: null, message: null })}>
          {t('control.approve.people')}
        </Button>
      )}
      {can(run, 'approve') && (
        <Button size="xs" leftSection={<IconSend size={15} aria-hidden />} onClick={() => setAsking(true)}>
          {action}
        </Button>
      )}
    </>
  )
  const title = t(reason.code === 'first-part-sent' ? 'control.approve.rest' : 'control.approve.title')
  return (
    <Banner state="waiting" urgent sign={<IconClipboardCheck size={20} />} title={title} reason={reason} actions={actions}>
      <Figures figures={approvalFigures(reason)} />
      <Confirm
        opened={asking}
        title={
          count === null ? t('control.approve.emptyTitle') : t('control.approve.confirmTitle', { name: run.workflowName, count })
        }
        text={count === null ? reason.message : t('control.approve.confirmText')}
        action={action}
        busy={approve.isPending}
        onConfirm={() => approve.mutate()}
        onCancel={() => setAsking(false)}
      />
    </Banner>
  )
}

function Figures({ figures }: { figures: readonly ApprovalFigure[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (figures.length === 0) return null
  const text = ({ value, unit }: ApprovalFigure) => {
    if (unit === 'won') return formatMoney({ amount: String(value), currency: 'KRW' }, language)
    if (unit === 'times') return t('control.approve.times', { times: formatNumber(value, language) })
    return t('run.table.people', { count: value })
  }
  return (
    <dl className={styles.figures} aria-label={t('control.approve.figures')}>
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt>{t(`control.approve.${figure.label}`)}</dt>
          <dd>{text(figure)}</dd>
        </div>
      ))}
    </dl>
  )
}
