import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonMessage } from '#schemas/api/people.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { useChannelName } from '../run/use-channel-name.ts'
import styles from './people.module.css'

interface HistoryCells {
  readonly head: readonly string[]
  readonly cells: (message: PersonMessage) => readonly ReactNode[]
  /** CSS `grid-template-columns`. */
  readonly template: string
}

/** How a message stands in the history: when, of what, how, what became of it and why; two columns of two lines where there is little room. */
export function useHistoryCells(narrow: boolean): HistoryCells {
  const { t } = useTranslation()
  const channelName = useChannelName()
  const at = (message: PersonMessage) => <RelativeTime key="at" at={message.finalAt ?? message.sentAt} />
  const of = (message: PersonMessage) => (
    <span key="of" className={styles.of}>
      <b>{t('run.heading', { workflow: message.workflowName, number: message.runNumber })}</b>
      {message.test && <em>{t('runs.test')}</em>}
    </span>
  )
  const reason = (message: PersonMessage) => (
    <span key="reason" className={styles.quiet} title={message.reason?.message}>
      {message.reason?.message}
    </span>
  )
  const channel = (message: PersonMessage) => (message.channel === null ? t('people.leftOut') : channelName(message.channel))
  const state = (message: PersonMessage) => <MessageStatePill key="state" state={message.state} />
  if (narrow) {
    return {
      head: [t('people.column.of'), t('run.table.state')],
      template: 'minmax(0, 1fr) auto',
      cells: (message) => [
        <div key="of" className={styles.two}>
          {of(message)}
          <small>
            {at(message)} · {channel(message)}
          </small>
        </div>,
        <div key="state" className={styles.two} data-end>
          {state(message)}
          <small>{reason(message)}</small>
        </div>,
      ],
    }
  }
  return {
    head: [t('run.table.at'), t('people.column.of'), t('run.table.channel'), t('run.table.state'), t('run.table.reason')],
    template: '136px minmax(120px, 1.6fr) 90px 116px minmax(80px, 2fr)',
    cells: (message) => [at(message), of(message), channel(message), state(message), reason(message)],
  }
}
