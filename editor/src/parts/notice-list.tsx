import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChartBar,
  IconClockExclamation,
  IconHelpCircle,
  IconHourglass,
  IconPlayerPause,
  IconPlugConnectedX,
  IconServerOff,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { NoticeItem } from '#schemas/api/notices.ts'
import { dismissNotice, noticesQuery } from '#editor/api/notices.ts'
import { RelativeTime } from './relative-time.tsx'
import { toastError } from './toasts.ts'
import styles from './notice-list.module.css'

const signs = {
  paused: IconPlayerPause,
  failed: IconAlertTriangle,
  waiting: IconHourglass,
  late: IconClockExclamation,
  unconfirmed: IconHelpCircle,
  'failure-rate': IconChartBar,
  connection: IconPlugConnectedX,
  worker: IconServerOff,
} as const
const mild: readonly NoticeItem['kind'][] = ['waiting', 'unconfirmed', 'late']

/** Notices with what happened, what to do, the way there, and a way to put them off the list. */
export function NoticeList({ items, onWay }: { items: readonly NoticeItem[]; onWay?: () => void }) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <Notice key={item.id} item={item} onWay={onWay} />
      ))}
    </ul>
  )
}

function Notice({ item, onWay }: { item: NoticeItem; onWay: (() => void) | undefined }) {
  const { t } = useTranslation()
  const Sign = signs[item.kind]
  const open = item.state === 'open'
  const tone = open ? (mild.includes(item.kind) ? 'warn' : 'bad') : 'over'
  return (
    <li className={styles.item}>
      <span className={styles.sign} data-tone={tone} aria-hidden>
        <Sign size={20} stroke={1.8} />
      </span>
      <div className={styles.words}>
        <b>{item.title}</b>
        {open && item.reason !== null && <p>{item.reason.message}</p>}
        {open && <p>{item.advice}</p>}
        <p className={styles.when}>
          {item.state === 'open' ? null : <span>{t(`notices.${item.state}`)} · </span>}
          <RelativeTime at={open ? item.firstSeenAt : item.changedAt} />
          {item.count > 1 && <span> · {t('notices.times', { count: item.count })}</span>}
        </p>
      </div>
      <div className={styles.ways}>
        <Way item={item} onWay={onWay} />
        {open && <Dismiss item={item} />}
      </div>
    </li>
  )
}

function Way({ item, onWay }: { item: NoticeItem; onWay: (() => void) | undefined }) {
  const { t } = useTranslation()
  if (item.link === null) return null
  return (
    <Button variant="default" onClick={onWay} renderRoot={(props) => <Link to={item.link as '/'} {...props} />}>
      {t('notices.see')}
    </Button>
  )
}

function Dismiss({ item }: { item: NoticeItem }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const dismiss = useMutation({
    mutationFn: () => dismissNotice(item.id),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
    onError: (error) => toastError(error),
  })
  return (
    <Button
      variant="subtle"
      loading={dismiss.isPending}
      aria-label={t('notices.dismissLabel', { title: item.title })}
      onClick={() => dismiss.mutate()}
    >
      {t('notices.dismiss')}
    </Button>
  )
}
