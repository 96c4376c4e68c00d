import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '#schemas/connection.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { ProviderFacts } from './provider-facts.tsx'
import { WriteWarning } from './write-warning.tsx'
import styles from './connection-form.module.css'

interface TestCardProps {
  readonly role: 'database' | 'service' | 'provider'
  readonly busy: boolean
  readonly result: ConnectionTest | null
  /** The call itself did not work: the form is not filled in, or the server is away. */
  readonly error: unknown
  readonly onTest: () => void
  /** Leads to the field of the account; left out: there is none. */
  readonly onOtherAccount?: (() => void) | undefined
}

/** The button that tries the connection, and all that came of it. */
export function TestCard({ role, busy, result, error, onTest, onOtherAccount }: TestCardProps) {
  const { t } = useTranslation()
  const tried = result !== null || error !== null
  return (
    <section className={styles.card} aria-labelledby="connection-test">
      <header className={styles.head}>
        <h2 id="connection-test">{t('data.test.title')}</h2>
        <Button variant="default" loading={busy} leftSection={<IconRefresh size={16} aria-hidden />} onClick={onTest}>
          {t(tried ? 'data.test.again' : 'data.test.run')}
        </Button>
      </header>
      <div aria-live="polite">
        {error !== null ? (
          <ErrorNote error={error} title={t('data.test.failed')} />
        ) : result === null ? (
          <p className={styles.quiet}>{t(role === 'database' ? 'data.test.text' : 'data.test.textProvider')}</p>
        ) : (
          <Result result={result} role={role} onOtherAccount={onOtherAccount} />
        )}
      </div>
    </section>
  )
}

function Good({ title, fact }: { title: ReactNode; fact?: string }) {
  return (
    <div className={styles.line} data-tone="ok">
      <IconCircleCheck size={20} aria-hidden />
      <span>
        {title} {fact !== undefined && <span>· {fact}</span>}
      </span>
    </div>
  )
}

function Result({ result, role, onOtherAccount }: Pick<TestCardProps, 'role' | 'onOtherAccount'> & { result: ConnectionTest }) {
  const { t } = useTranslation()
  if (!result.ok) {
    return (
      <div className={styles.line} data-tone="bad">
        <IconCircleX size={20} aria-hidden />
        <span>
          <b>{t('data.test.failed')}</b>
          <br />
          {result.error?.message}
        </span>
      </div>
    )
  }
  const facts = [
    result.version?.trim(),
    result.tls === null ? undefined : `TLS ${result.tls.version.replace(/^TLSv/, '')} · ${result.tls.cipher}`,
    result.latencyMs === null ? undefined : t('data.test.latency', { ms: result.latencyMs }),
  ].filter((fact) => fact !== undefined && fact !== '')
  return (
    <>
      <Good title={<b>{t('data.test.ok')}</b>} {...(facts.length > 0 && { fact: facts.join(' · ') })} />
      {result.tables !== null && <Good title={t('data.test.tables', { total: result.tables })} />}
      {result.timezone !== null && <Good title={t('data.test.zone')} fact={result.timezone} />}
      {role === 'database' && result.writes.length === 0 && <Good title={t('data.test.readOnly')} />}
      {onOtherAccount !== undefined && role === 'database' && result.tls === null && (
        <p className={styles.quiet}>{t('data.test.noTls')}</p>
      )}
      <ProviderFacts facts={result.facts} />
      {result.writes.length > 0 && <WriteWarning result={result} onOtherAccount={onOtherAccount} />}
    </>
  )
}
