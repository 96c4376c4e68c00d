import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest, WriteRights } from '#schemas/connection.ts'
import { toastError } from '#editor/parts/toasts.ts'
import styles from './connection-form.module.css'

interface WriteWarningProps {
  readonly result: ConnectionTest
  readonly onOtherAccount: (() => void) | undefined
}

/** The account could write: which rights on what, and the statements that make one that cannot. */
export function WriteWarning({ result: { writes, grants }, onOtherAccount }: WriteWarningProps) {
  const { t } = useTranslation()
  const [only, ...more] = writes
  return (
    <div className={styles.warning}>
      <h3>
        <IconAlertTriangle size={20} aria-hidden />
        <span>
          {more.length === 0 && only !== undefined ? (
            <>
              {t('data.test.write')} <Rights one={only} />
            </>
          ) : (
            t('data.test.writeSeveral')
          )}
        </span>
      </h3>
      {more.length > 0 && (
        <ul className={styles.rights}>
          {writes.map((one) => (
            <li key={`${one.rights.join()} ${one.on}`}>
              <Rights one={one} />
            </li>
          ))}
        </ul>
      )}
      <p>{t('data.test.writeText')}</p>
      {grants !== null && <pre className={styles.grants}>{grants}</pre>}
      <div className={styles.copy}>
        {grants !== null && <CopyButton text={grants} />}
        {onOtherAccount !== undefined && (
          <Button variant="default" size="xs" leftSection={<IconKey size={14} aria-hidden />} onClick={onOtherAccount}>
            {t('data.test.otherAccount')}
          </Button>
        )}
        {t('data.test.writeGoOn')}
      </div>
    </div>
  )
}

/** `INSERT, UPDATE` on `public: a, b` (2 of 5 tables). */
function Rights({ one: { rights, on, tables } }: { one: WriteRights }) {
  const { t } = useTranslation()
  return (
    <>
      <b>{rights.join(', ')}</b> <code>{on}</code>
      {tables !== null && tables.count < tables.of && <small> {t('data.test.ofTables', tables)}</small>}
    </>
  )
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      onClick={() => void copy()}
    >
      {t(copied ? 'data.test.copied' : 'data.test.copy')}
    </Button>
  )
}
