import { ActionIcon, Button } from '@mantine/core'
import { IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { messageQuery, revealMessage } from '#editor/api/runs.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { ResolveOne } from './resolve-one.tsx'
import { can, isEnded } from './run-facts.ts'
import { WhyPath } from './why-path.tsx'
import { WhyText } from './why-text.tsx'
import { DecidedBy, WhyHistory, WhyValues } from './why-values.tsx'
import styles from './why-panel.module.css'

interface WhyPanelProps {
  readonly messageId: string
  readonly run: Run
  readonly types: NodeTypeIndex
  readonly onClose: () => void
}

/** Everything about one message: what became of it and why, its way through the steps, the exact text, the values. */
export function WhyPanel({ messageId, run, types, onClose }: WhyPanelProps) {
  const query = useQuery({ ...messageQuery(messageId), refetchInterval: isEnded(run.state) ? false : 3_000 })
  // Kept here and nowhere else: a value that was unmasked is gone when the panel is closed.
  const reveal = useMutation({ mutationFn: () => revealMessage(messageId), gcTime: 0 })
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const from = document.activeElement
    panel.current?.focus({ preventScroll: true })
    // Whoever closes it goes on where she was, in the list.
    return () => {
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus({ preventScroll: true })
    }
  }, [])
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel}>
      <div className={styles.state}>
        <QueryState query={query}>
          {(masked) => {
            const message = reveal.data ?? masked
            return (
              <>
                <Head message={{ ...message, state: masked.state }} onClose={onClose} />
                {masked.erased === true && <Erased />}
                <Answer message={masked} resolvable={can(run, 'resolve')} />
                <Decided message={masked} />
                <section>
                  <WhyPath message={message} run={run} types={types} />
                </section>
                <WhyText message={message} />
                <WhyValues message={message} />
                <WhyHistory message={masked} />
                {masked.erased !== true && (
                  <Reveal
                    message={message}
                    busy={reveal.isPending}
                    onReveal={() => !reveal.isPending && reveal.mutate()}
                    onHide={() => reveal.reset()}
                  />
                )}
                {reveal.isError && <ErrorNote error={reveal.error} />}
              </>
            )
          }}
        </QueryState>
      </div>
    </aside>
  )
}

function Head({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <header className={styles.head}>
      <div>
        <h2>
          {message.name ?? t('run.table.unnamed', { number: message.number })} <MessageStatePill state={message.state} />
        </h2>
        <MaskedNumber address={message.address} />
      </div>
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('run.why.close')} onClick={onClose}>
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </header>
  )
}

/** Why there is no name, address, value or text: it is no fault. */
function Erased() {
  const { t } = useTranslation()
  return (
    <div className={styles.answer} data-state="erased">
      <b>{t('run.why.erased.title')}</b>
      <p>{t('run.why.erased.stays')}</p>
    </div>
  )
}

/** The short answer where it did not arrive; nothing where it did or is on its way. */
function Answer({ message, resolvable }: { message: MessageDetail; resolvable: boolean }) {
  const { t } = useTranslation()
  const { state, reason } = message
  const plain =
    state === 'unconfirmed' ||
    state === 'failed' ||
    state === 'skipped' ||
    state === 'expired' ||
    state === 'cancelled' ||
    state === 'errored'
      ? t(`run.why.answer.${state}`)
      : null
  if (plain === null) return null
  return (
    <div className={styles.answer} data-state={state}>
      <b>{plain}</b>
      {reason !== null && (
        <p>
          {reason.message} <code>{reason.code}</code>
        </p>
      )}
      {state === 'unconfirmed' && resolvable && <ResolveOne message={message} />}
    </div>
  )
}

/** A person's word stands in for an answer that never came: whose, and when. */
function Decided({ message }: { message: Pick<MessageDetail, 'history'> }) {
  const { t } = useTranslation()
  const told = message.history.findLast(({ by }) => by !== undefined)
  if (told?.by === undefined) return null
  return (
    <div className={styles.answer} data-state="decided">
      <b>{t('control.unconfirmed.told')}</b>
      <p>
        <DecidedBy who={told.by} /> · <RelativeTime at={told.at} />
      </p>
    </div>
  )
}

interface RevealProps {
  readonly message: MessageDetail
  readonly busy: boolean
  readonly onReveal: () => void
  readonly onHide: () => void
}

function Reveal({ message, busy, onReveal, onHide }: RevealProps) {
  const { t } = useTranslation()
  const { revealed } = message
  return (
    <footer className={styles.foot}>
      {/* One button, never disabled: whoever pressed it by keyboard keeps the focus. */}
      <Button
        variant="default"
        size="xs"
        aria-busy={busy}
        leftSection={revealed ? <IconEyeOff size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
        onClick={revealed ? onHide : onReveal}
      >
        {t(revealed ? 'run.why.hide' : 'run.why.reveal')}
      </Button>
      {!revealed ? (
        <small>{t('run.why.revealHelp')}</small>
      ) : (
        message.address !== null && (
          <Link to="/outbox" search={{ address: message.address }}>
            {t('run.why.outbox')}
          </Link>
        )
      )}
    </footer>
  )
}
