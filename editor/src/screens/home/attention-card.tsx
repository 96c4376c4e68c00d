import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCalendarX,
  IconHelpCircle,
  IconPencilExclamation,
  IconPlayerPause,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatNumber } from '#editor/parts/numbers.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import type { Attention } from './attention.ts'
import styles from './attention-card.module.css'

const signs = {
  paused: IconPlayerPause,
  failed: IconAlertTriangle,
  missed: IconCalendarX,
  unconfirmed: IconHelpCircle,
  problems: IconPencilExclamation,
  connection: IconPlugConnectedX,
} as const

/** What needs a person, each with the way there. */
export function AttentionCard({ items }: { items: readonly Attention[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className={styles.card} aria-labelledby="attention">
      <h2 id="attention" className={styles.title}>
        {t('home.attention.title')} <Pill tone="bad">{formatNumber(items.length, language)}</Pill>
      </h2>
      <ul className={styles.list}>
        {items.map((item) => {
          const Sign = signs[item.kind]
          const warn = item.kind === 'unconfirmed' || item.kind === 'problems' || item.kind === 'missed'
          return (
            <li key={item.key} className={styles.item}>
              <span className={styles.sign} data-tone={warn ? 'warn' : 'bad'} aria-hidden>
                <Sign size={20} stroke={1.8} />
              </span>
              <div className={styles.words}>
                <b>{t(`home.attention.${item.kind}`, { ...item })}</b>
                <p>
                  <Text item={item} />
                </p>
              </div>
              <Way item={item} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Text({ item }: { item: Attention }) {
  const { t } = useTranslation()
  if (item.kind === 'unconfirmed') return t('home.attention.unconfirmedText')
  if (item.kind === 'problems') return t('home.attention.problemsText', { version: item.version })
  if (item.kind === 'missed') {
    return (
      <>
        <RelativeTime at={item.fireAt} /> · {t('home.attention.missedText')}
      </>
    )
  }
  if (item.kind === 'connection') return item.reason
  return item.reason ?? t(`home.attention.${item.kind}Text`)
}

function Way({ item }: { item: Attention }) {
  const { t } = useTranslation()
  if (item.kind === 'problems') {
    return (
      <Button variant="default" renderRoot={(props) => <Link to="/workflows/$id" params={{ id: item.workflowId }} {...props} />}>
        {t('home.attention.fix')}
      </Button>
    )
  }
  if (item.kind === 'missed') {
    return (
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/workflows/$id/runs" params={{ id: item.workflowId }} {...props} />}
      >
        {t('home.attention.see')}
      </Button>
    )
  }
  if (item.kind === 'connection') {
    return (
      <Button variant="default" renderRoot={(props) => <Link to="/data/$id" params={{ id: item.connectionId }} {...props} />}>
        {t('home.attention.fix')}
      </Button>
    )
  }
  const search = item.kind === 'unconfirmed' ? { state: 'unconfirmed' } : {}
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/runs/$id" params={{ id: item.runId }} search={search} {...props} />}
    >
      {item.kind === 'unconfirmed' ? t('home.attention.people', { count: item.count }) : t('home.attention.see')}
    </Button>
  )
}
