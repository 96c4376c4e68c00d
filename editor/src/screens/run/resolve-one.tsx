import { Button } from '@mantine/core'
import { IconCheck, IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResolveInput } from '#schemas/api/runs.ts'
import type { MessageDetail } from '#schemas/message.ts'
import { resolveMessage } from '#editor/api/run-actions.ts'
import { runQuery } from '#editor/api/runs.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import styles from './why-panel.module.css'

type As = ResolveInput['as']

/** A person's word on one message that could not be confirmed. Each choice asks: neither can be taken back. */
export function ResolveOne({ message }: { message: Pick<MessageDetail, 'id' | 'runId'> }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<As | null>(null)
  const resend = asking === 'resend'
  const resolve = useMutation({
    mutationFn: (as: As) => resolveMessage(message.id, { as }),
    onSuccess: (_answer, as) => {
      toastDone(t(as === 'resend' ? 'control.unconfirmed.doneResend' : 'control.unconfirmed.doneSent', { count: 1 }))
    },
    onError: (error) => toastError(error),
    onSettled: async () => {
      setAsking(null)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['message', message.id] }),
        queries.invalidateQueries({ queryKey: runQuery(message.runId).queryKey }),
        queries.invalidateQueries({ queryKey: ['run', message.runId, 'messages'] }),
      ])
    },
  })
  return (
    <div className={styles.resolve}>
      <Button size="xs" variant="default" leftSection={<IconCheck size={15} aria-hidden />} onClick={() => setAsking('sent')}>
        {t('control.unconfirmed.sent')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={() => setAsking('resend')}>
        {t('control.unconfirmed.resend')}
      </Button>
      <Confirm
        opened={asking !== null}
        title={t(resend ? 'control.unconfirmed.oneResendTitle' : 'control.unconfirmed.oneSentTitle')}
        text={t(resend ? 'control.unconfirmed.resendText' : 'control.unconfirmed.sentText')}
        action={t(resend ? 'control.unconfirmed.resend' : 'control.unconfirmed.sent')}
        danger={resend}
        busy={resolve.isPending}
        onConfirm={() => asking !== null && resolve.mutate(asking)}
        onCancel={() => setAsking(null)}
      />
    </div>
  )
}
