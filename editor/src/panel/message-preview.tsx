import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { IconAlertCircle, IconChevronLeft, IconChevronRight, IconHourglass, IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { downstream } from '#editor/model/graph.ts'
import { LengthMeter } from '#editor/parts/length-meter.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { isWithin } from '#schemas/sub-workflow.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { AudienceFigures } from './message/audience-figures.tsx'
import { CaseChips } from './message/case-chips.tsx'
import { type CaseKind, casesOf, channelOf } from './message/cases.ts'
import messageStyles from './message/message.module.css'
import { useAudienceCheck } from './message/use-audience-check.ts'
import styles from './panel.module.css'

/** The messages that belong to a step: its own if it sends, else those of the first channel it leads to. */
function messagesOf(messages: readonly PreviewMessage[], document: WorkflowDocument, nodeId: string): PreviewMessage[] {
  for (const id of [nodeId, ...downstream(document, nodeId)]) {
    const own = messages.filter((message) => isWithin(message.nodeId, id))
    if (own.length > 0) return own
  }
  return []
}

/** What this person would get, from the last preview; a pager goes through the sample. */
export function MessagePreview({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation()
  const session = useSession()
  const document = useDocument((state) => state.document)
  const preview = useChecks((state) => state.preview)
  const previewing = useChecks((state) => state.previewing)
  const failure = useChecks((state) => state.previewFailure)
  const person = useView((state) => state.person)
  const messages = useMemo(() => messagesOf(preview?.messages ?? [], document, nodeId), [preview, document, nodeId])
  const watch = useAudienceCheck()
  const channel = channelOf(watch.check, document, nodeId)
  const cases = casesOf(channel, messages)
  const [wished, setWished] = useState<CaseKind | null>(null)
  const special = cases.find(({ kind }) => kind === wished) ?? null
  const inTurn = messages[Math.min(person, messages.length - 1)]
  const message = special?.message ?? inTurn
  return (
    <section className={styles.preview} aria-label={t('editor.message.title')} aria-busy={previewing}>
      <div className={styles.previewHead}>
        <h2>{t('editor.message.title')}</h2>
        {special !== null && <Who message={special.message} />}
        {special === null && message !== undefined && (
          <Pager
            name={message.name ?? message.address ?? ''}
            place={Math.min(person, messages.length - 1)}
            count={messages.length}
          />
        )}
      </div>
      <CaseChips cases={cases} chosen={special?.kind ?? null} onChoose={setWished} />
      {message === undefined ? (
        <NoMessage
          previewing={previewing}
          failure={failure?.message ?? null}
          hasPreview={preview !== null}
          onAsk={session.refreshPreview}
        />
      ) : (
        <Shown message={message} />
      )}
      <AudienceFigures watch={watch} channel={channel} />
    </section>
  )
}

/** Whose message it is that is worth a look: her place in the whole audience. */
function Who({ message }: { message: PreviewMessage }) {
  const { t } = useTranslation()
  return (
    <p className={styles.pager} aria-live="polite">
      <b>{message.name ?? message.address ?? ''}</b> · {t('audience.cases.ofEverybody', { number: message.row + 1 })}
    </p>
  )
}

function Pager({ name, place, count }: { name: string; place: number; count: number }) {
  const { t } = useTranslation()
  const session = useSession()
  const go = (to: number) => session.view.getState().set({ person: to })
  return (
    <div className={styles.pager}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={t('editor.message.previous')}
        disabled={place <= 0}
        onClick={() => go(place - 1)}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <span aria-live="polite">
        <b>{name}</b> · {place + 1} / {count}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={t('editor.message.next')}
        disabled={place >= count - 1}
        onClick={() => go(place + 1)}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}

function Shown({ message }: { message: PreviewMessage }) {
  const { t } = useTranslation()
  const buttons = message.parts.buttons?.length ?? 0
  return (
    <>
      <PhoneBubble channel={message.channel} parts={message.parts} values={message.variables} missing={message.missing} />
      <div className={styles.pills}>
        {message.length.limit > 0 && <LengthMeter length={message.length} />}
        {buttons > 0 && <span className={styles.pill}>{t('editor.message.buttons', { count: buttons })}</span>}
        {message.missing.length > 0 && (
          <span className={styles.pill} data-tone="bad">
            <IconAlertCircle size={13} aria-hidden />
            {t('editor.message.missing', { count: message.missing.length })}
          </span>
        )}
        {message.fallback && <span className={styles.pill}>{t('editor.message.fallback')}</span>}
        {message.waitsUntil !== undefined && (
          <span className={styles.pill}>
            <IconHourglass size={13} aria-hidden />
            {t('editor.message.waits')} <RelativeTime at={message.waitsUntil} />
          </span>
        )}
      </div>
      <Above message={message} />
      {message.error !== null && (
        <p className={styles.note} data-severity="error">
          <IconAlertCircle size={16} aria-hidden />
          <span>
            {message.error.message} <code>{message.error.code}</code>
          </span>
        </p>
      )}
    </>
  )
}

/** What happens to a text that is longer than this channel takes. */
function Above({ message: { length } }: { message: PreviewMessage }) {
  const { t } = useTranslation()
  const { kind, unit, limit } = length
  if (limit === 0) return null
  return <p className={messageStyles.above}>{t(`audience.above.${kind === 'SMS' ? 'toLms' : unit}`, { limit })}</p>
}

interface NoMessageProps {
  readonly previewing: boolean
  readonly failure: string | null
  readonly hasPreview: boolean
  readonly onAsk: () => void
}

function NoMessage({ previewing, failure, hasPreview, onAsk }: NoMessageProps) {
  const { t } = useTranslation()
  if (previewing) return <Skeleton height={210} radius={18} />
  return (
    <div className={styles.noMessage}>
      <p>{failure ?? (hasPreview ? t('editor.message.nothing') : t('editor.message.notYet'))}</p>
      <Button variant="default" size="compact-sm" leftSection={<IconRefresh size={14} />} onClick={onAsk}>
        {t('editor.message.show')}
      </Button>
    </div>
  )
}
