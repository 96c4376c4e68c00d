import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, OutboxMessage } from '#schemas/api/outbox.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { formatClock, formatDay } from '#editor/parts/times.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useChannelName } from '../run/use-channel-name.ts'
import styles from './conversation-view.module.css'

interface ConversationViewProps {
  readonly conversation: Conversation
  /** Where the list is not beside it. */
  readonly onBack?: (() => void) | undefined
}

/** The messages of one person, oldest first, on the ground of their channel. */
export function ConversationView({ conversation, onBack }: ConversationViewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const channelName = useChannelName()
  const { person, messages, channel } = conversation
  const name = person.name ?? t('outbox.unnamed')
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // As on a phone, the newest is what is seen first.
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }, [])
  const now = useMinute()
  const days = messages.map(({ at }) => (at === null ? '' : formatDay(new Date(at), { language, zone, now })))
  return (
    <section className={styles.view} aria-label={t('outbox.conversation', { name })}>
      <header className={styles.head}>
        {onBack !== undefined && (
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('outbox.back')} onClick={onBack}>
            <IconArrowLeft size={18} aria-hidden />
          </ActionIcon>
        )}
        <div>
          <h2>
            {name} <MaskedNumber address={person.address} />
          </h2>
          <p>
            {channelName(channel)} · {t('outbox.count', { count: messages.length })}
          </p>
        </div>
      </header>
      <div
        ref={scroller}
        className={styles.ground}
        data-channel={channel}
        tabIndex={0}
        role="group"
        aria-label={t('parts.phone.label')}
      >
        {messages.map((message, place) => (
          <div key={message.id} className={styles.message}>
            {days[place] !== '' && days[place] !== days[place - 1] && <p className={styles.day}>{days[place]}</p>}
            <Bubble message={message} />
          </div>
        ))}
      </div>
      <footer className={styles.foot}>
        <IconInfoCircle size={16} aria-hidden />
        {t('outbox.onlySending')}
      </footer>
    </section>
  )
}

function Bubble({ message }: { message: OutboxMessage }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const channelName = useChannelName()
  return (
    <>
      {message.parts === null ? (
        <p className={styles.none}>{t('outbox.noText')}</p>
      ) : (
        <div className={styles.bubble}>
          <PhoneBubble frame="bare" channel={message.channel} parts={message.parts} />
        </div>
      )}
      <p className={styles.state}>
        {channelName(message.channel)}
        {message.at !== null && ` · ${formatClock(new Date(message.at), { language, zone, seconds: true })}`}
        <MessageStatePill state={message.state} />
        {message.reason !== null && <span>{message.reason.message}</span>}
      </p>
    </>
  )
}
