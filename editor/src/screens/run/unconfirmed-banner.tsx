import { Button } from '@mantine/core'
import { IconCheck, IconHelpCircle, IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResolveInput } from '#schemas/api/runs.ts'
import type { Run } from '#schemas/run.ts'
import { resolveRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import { can } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'
import styles from './reason-banner.module.css'

type As = ResolveInput['as']

/** Those nobody can tell of: what that means, who they are, and what a person may do for all of them at once. */
export function UnconfirmedBanner({ run, place }: { run: Run; place: RunPlace }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<As | null>(null)
  const count = run.outcomes['unconfirmed'] ?? 0
  if (count === 0) return null
  const seen = place.view === 'people' && place.state === 'unconfirmed'
  return (
    <section className={styles.banner} data-state="unconfirmed" aria-labelledby="unconfirmed">
      <IconHelpCircle size={20} aria-hidden className={styles.sign} />
      <div className={styles.words}>
        <b id="unconfirmed">{t('control.unconfirmed.title', { count })}</b>
        <p>{t('control.unconfirmed.text')}</p>
      </div>
      <div className={styles.actions}>
        {!seen && (
          <Button size="xs" variant="default" onClick={() => place.go({ view: 'people', state: 'unconfirmed', message: null })}>
            {t('control.unconfirmed.see')}
          </Button>
        )}
        {can(run, 'resolve') && (
          <>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCheck size={15} aria-hidden />}
              onClick={() => setAsking('sent')}
            >
              {t('control.unconfirmed.sentAll')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconSend size={15} aria-hidden />}
              onClick={() => setAsking('resend')}
            >
              {t('control.unconfirmed.resendAll')}
            </Button>
          </>
        )}
      </div>
      <ResolveAll run={run} as={asking} count={count} onClose={() => setAsking(null)} />
    </section>
  )
}

interface ResolveAllProps {
  readonly run: Run
  readonly as: As | null
  readonly count: number
  readonly onClose: () => void
}

function ResolveAll({ run, as, count, onClose }: ResolveAllProps) {
  const { t } = useTranslation()
  const resend = as === 'resend'
  const queries = useQueryClient()
  const resolve = useMutation({
    mutationFn: (word: As) => resolveRun(run.id, { as: word }),
    onSuccess: ({ messages }, word) =>
      toastDone(t(word === 'resend' ? 'control.unconfirmed.doneResend' : 'control.unconfirmed.doneSent', { count: messages })),
    onError: (error) => toastError(error),
    onSettled: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: ['run', run.id] })
    },
  })
  return (
    <Confirm
      opened={as !== null}
      title={t(resend ? 'control.unconfirmed.resendTitle' : 'control.unconfirmed.sentTitle', { count })}
      text={t(resend ? 'control.unconfirmed.resendText' : 'control.unconfirmed.sentText')}
      action={t(resend ? 'control.unconfirmed.resendAll' : 'control.unconfirmed.sentAll')}
      danger={resend}
      busy={resolve.isPending}
      onConfirm={() => as !== null && resolve.mutate(as)}
      onCancel={onClose}
    />
  )
}
