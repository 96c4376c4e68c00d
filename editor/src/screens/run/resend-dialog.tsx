import { Button, Checkbox, Group, Modal, Skeleton } from '@mantine/core'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { resendRun } from '#editor/api/run-actions.ts'
import { firstMessagesQuery, runQuery } from '#editor/api/runs.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { reasonsOf, resendable, resendInput, type ResendState } from './resend-choice.ts'
import styles from './resend-dialog.module.css'

/** People whose reasons are read; more are not needed to see what went wrong. */
const READ = 500

/** Chosen from the start: what went wrong by itself. Who was cancelled or left out is for a person to add. */
const FIRST: ReadonlySet<ResendState> = new Set(['failed', 'expired'])

/** Who gets the same text again: by result and by reason, with counts. */
export function ResendDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation()
  const offered = resendable(run)
  const [states, setStates] = useState<readonly ResendState[]>(() => {
    const first = offered.filter(({ state }) => FIRST.has(state)).map(({ state }) => state)
    return first.length > 0 ? first : offered.slice(0, 1).map(({ state }) => state)
  })
  // What was taken out of the choice, so that a reason that comes with another result is in it.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { reasons, reading, read } = useReasons(run, states)
  const total = offered.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  const whole = read >= total
  const chosen = reasons.filter(({ code }) => !left.has(code)).reduce((sum, { count }) => sum + count, 0)
  const send = useResend(run, onClose)
  const count = whole ? chosen : left.size === 0 ? total : null
  const nobody = states.length === 0 || (reasons.length > 0 && chosen === 0)
  return (
    <Modal opened onClose={onClose} title={<b>{t('control.resend.title')}</b>}>
      <p className={styles.text}>{t('control.resend.text')}</p>
      <fieldset className={styles.group}>
        <legend>{t('control.resend.states')}</legend>
        {offered.map(({ state, count: people }) => (
          <Checkbox
            key={state}
            checked={states.includes(state)}
            label={`${t(`states.message.${state}`)} · ${t('control.resend.people', { count: people })}`}
            description={state === 'skipped' ? t('control.resend.skippedHint') : undefined}
            onChange={(event) =>
              setStates(event.currentTarget.checked ? [...states, state] : states.filter((one) => one !== state))
            }
          />
        ))}
      </fieldset>
      {(reading || reasons.length > 0) && (
        <fieldset className={styles.group}>
          <legend>{t('control.resend.reasons')}</legend>
          {reading ? (
            <Skeleton height={24} aria-label={t('control.resend.loading')} />
          ) : (
            reasons.map(({ code, message, count: people }) => (
              <Checkbox
                key={code}
                checked={!left.has(code)}
                // A list of codes cannot name who has none.
                disabled={code === ''}
                label={`${message === '' ? t('control.resend.noReason') : message} · ${t('control.resend.people', { count: people })}`}
                onChange={(event) => {
                  const next = new Set(left)
                  if (event.currentTarget.checked) next.delete(code)
                  else next.add(code)
                  setLeft(next)
                }}
              />
            ))
          )}
          {!whole && !reading && <p className={styles.small}>{t('control.resend.sample', { count: read })}</p>}
        </fieldset>
      )}
      {send.isError && <ErrorNote error={send.error} />}
      {nobody && !reading && (
        <p className={styles.small} role="status">
          {t('control.resend.none')}
        </p>
      )}
      <Group justify="flex-end" mt={20}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('parts.confirm.cancel')}
        </Button>
        <Button
          loading={send.isPending}
          disabled={nobody || reading}
          onClick={() => send.mutate(resendInput(states, { reasons, left }))}
        >
          {count === null ? t('control.resend.goUnknown') : t('control.resend.go', { count })}
        </Button>
      </Group>
    </Modal>
  )
}

function useReasons(run: Run, states: readonly ResendState[]) {
  const answers = useQueries({ queries: states.map((state) => firstMessagesQuery(run.id, { state, limit: READ })) })
  const messages = answers.flatMap(({ data }) => data?.items ?? [])
  const reasons = reasonsOf(messages)
  const read = reasons.reduce((sum, { count }) => sum + count, 0)
  return { reasons, read, reading: answers.some(({ isPending }) => isPending) }
}

function useResend(run: Run, onClose: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const key = useRef(crypto.randomUUID())
  return useMutation({
    mutationFn: (input: Parameters<typeof resendRun>[1]) => resendRun(run.id, input, key.current),
    onSuccess: async ({ messages }) => {
      onClose()
      toastDone(messages > 0 ? t('control.resend.done', { count: messages }) : t('control.resend.nobody'))
      await queries.invalidateQueries({ queryKey: runQuery(run.id).queryKey })
      await queries.invalidateQueries({ queryKey: ['run', run.id, 'messages'] })
    },
    // Another choice is another request: the same key would be refused with it.
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
}
