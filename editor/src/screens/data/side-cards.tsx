import { IconCheck, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '#schemas/connection.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { ChannelNames } from './channel-names.tsx'
import styles from './connection-form.module.css'

/** What one may rely on: that databases are only read; how a provider sends. */
export function SideCards({ kind }: { kind: ConnectionKind }) {
  if (kind.role === 'service') return null
  return kind.role === 'database' ? <SafeCard /> : <ProviderCard kind={kind} />
}

function SafeCard() {
  const { t } = useTranslation()
  const promises = [
    [t('data.safe.one'), t('data.safe.oneText')],
    [t('data.safe.readOnly'), t('data.safe.readOnlyText')],
    [t('data.safe.bound'), t('data.safe.boundText')],
  ] as const
  return (
    <section className={styles.card} aria-labelledby="safe">
      <header className={styles.head}>
        <h2 id="safe">{t('data.safe.title')}</h2>
      </header>
      <ul className={styles.list}>
        {promises.map(([title, text]) => (
          <li key={title}>
            <IconShieldCheck size={20} aria-hidden />
            <span>
              {title} <span>· {text}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ProviderCard({ kind }: { kind: ConnectionKind }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { batch, timeoutMs, calls } = kind.limits
  const facts = [
    typeof batch === 'number' ? t('data.provider.batch', { count: batch }) : null,
    isRate(calls) ? t('data.provider.calls', { count: calls.count, seconds: calls.perMs / 1_000 }) : null,
    typeof timeoutMs === 'number' ? t('data.provider.timeout', { seconds: timeoutMs / 1_000 }) : null,
  ].filter((fact) => fact !== null)
  return (
    <section className={styles.card} aria-labelledby="provider">
      <header className={styles.head}>
        <h2 id="provider">{t('data.provider.title')}</h2>
      </header>
      {kind.help !== undefined && <p className={styles.quiet}>{kind.help[language]}</p>}
      <ul className={styles.list} style={{ marginTop: 12 }}>
        <li>
          <IconCheck size={20} aria-hidden />
          <span>
            {t('data.provider.channels')}{' '}
            <span>
              · <ChannelNames channels={kind.channels} />
            </span>
          </span>
        </li>
        {facts.map((fact) => (
          <li key={fact}>
            <IconCheck size={20} aria-hidden />
            {fact}
          </li>
        ))}
      </ul>
    </section>
  )
}

function isRate(value: unknown): value is { count: number; perMs: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'count' in value &&
    typeof value.count === 'number' &&
    'perMs' in value &&
    typeof value.perMs === 'number'
  )
}
