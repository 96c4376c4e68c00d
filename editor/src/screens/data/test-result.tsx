import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconCircleX, IconCopy, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '#schemas/connection.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { ProviderFacts } from './provider-facts.tsx'
import styles from './connection-form.module.css'

interface TestCardProps {
  readonly role: 'database' | 'provider'
  readonly busy: boolean
  readonly result: ConnectionTest | null
  /** The call itself did not work: the form is not filled in, or the server is away. */
  readonly error: unknown
  readonly onTest: () => void
}

/** The button that tries the connection, and all that came of it. */
export function TestCard({ role, busy, result, error, onTest }: TestCardProps) {
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
          <Result result={result} role={role} />
        )}
      </div>
    </section>
  )
}

function Result({ result, role }: { result: ConnectionTest; role: 'database' | 'provider' }) {
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
    result.latencyMs === null ? undefined : t('data.test.latency', { ms: result.latencyMs }),
  ].filter((fact) => fact !== undefined && fact !== '')
  return (
    <>
      <div className={styles.line} data-tone="ok">
        <IconCircleCheck size={20} aria-hidden />
        <span>
          <b>{t('data.test.ok')}</b> <span>{facts.map((fact) => `· ${fact}`).join(' ')}</span>
        </span>
      </div>
      {result.timezone !== null && (
        <div className={styles.line} data-tone="ok">
          <IconCircleCheck size={20} aria-hidden />
          <span>
            {t('data.test.zone')} <span>· {result.timezone}</span>
          </span>
        </div>
      )}
      {role === 'database' && result.writePrivileges.length === 0 && (
        <div className={styles.line} data-tone="ok">
          <IconCircleCheck size={20} aria-hidden />
          <span>{t('data.test.readOnly')}</span>
        </div>
      )}
      <ProviderFacts facts={result.facts} />
      {result.writePrivileges.length > 0 && <WriteWarning result={result} />}
    </>
  )
}

/** The account could write: which rights, and the statements that make one that cannot. */
function WriteWarning({ result: { writePrivileges, grants } }: { result: ConnectionTest }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <div className={styles.warning}>
      <h3>
        <IconAlertTriangle size={20} aria-hidden />
        {t('data.test.write', { list: writePrivileges.join(', ') })}
      </h3>
      <p>{t('data.test.writeText')}</p>
      {grants !== null && (
        <>
          <pre className={styles.grants}>{grants}</pre>
          <div className={styles.copy}>
            <Button
              variant="default"
              size="xs"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={() => void copy(grants)}
            >
              {t(copied ? 'data.test.copied' : 'data.test.copy')}
            </Button>
            {t('data.test.writeGoOn')}
          </div>
        </>
      )}
    </div>
  )
}
