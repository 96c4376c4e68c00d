import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageItem } from '#schemas/message.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { formatClock, formatExact } from '#editor/parts/times.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useChannelName } from './use-channel-name.ts'
import styles from './person-cells.module.css'

interface PersonCells {
  readonly head: readonly string[]
  readonly cells: (message: MessageItem) => readonly ReactNode[]
  /** CSS `grid-template-columns`. */
  readonly template: string
}

/** How a person stands in the list: six columns, or two of two lines each where there is little room. */
export function usePersonCells(narrow: boolean): PersonCells {
  const { t } = useTranslation()
  const channelName = useChannelName()
  const nameOf = (message: MessageItem) => message.name ?? t('run.table.unnamed', { number: message.number })
  if (narrow) {
    return {
      head: [t('run.table.person'), t('run.table.state')],
      // The whole number is what tells people apart; the reason gives way.
      template: 'minmax(104px, 1fr) minmax(0, auto)',
      cells: (message) => [
        <div key="who" className={styles.two}>
          <b>{nameOf(message)}</b>
          <MaskedNumber address={message.address} />
        </div>,
        <div key="state" className={styles.two} data-end>
          <MessageStatePill state={message.state} />
          <small>{message.reason === null ? <Clock at={atOf(message)} /> : message.reason.message}</small>
        </div>,
      ],
    }
  }
  return {
    head: [
      t('run.table.person'),
      t('run.table.address'),
      t('run.table.channel'),
      t('run.table.state'),
      t('run.table.reason'),
      t('run.table.at'),
    ],
    template: 'minmax(90px, 1.3fr) 124px 84px 116px minmax(80px, 2fr) 68px',
    cells: (message) => [
      <b key="name" className={styles.name}>
        {nameOf(message)}
      </b>,
      <MaskedNumber key="address" address={message.address} />,
      channelName(message.channel),
      <MessageStatePill key="state" state={message.state} />,
      <span key="reason" className={styles.quiet} title={message.reason?.message}>
        {message.reason?.message}
      </span>,
      <Clock key="at" at={atOf(message)} />,
    ],
  }
}

const atOf = (message: MessageItem) => message.finalAt ?? message.sentAt

/** A time of day in even digits; the whole moment in its tooltip. */
export function Clock({ at }: { at: string | null }) {
  const language = useLanguage()
  const zone = useWorkspaceZone()
  if (at === null) return null
  const date = new Date(at)
  return (
    <time className={styles.clock} dateTime={at} title={formatExact(date, language, zone)}>
      {formatClock(date, { language, zone, seconds: true })}
    </time>
  )
}
