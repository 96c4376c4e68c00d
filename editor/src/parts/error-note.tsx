import { Button } from '@mantine/core'
import { IconAlertCircle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError, OfflineError } from '#editor/api/client.ts'
import styles from './error-note.module.css'

interface ErrorNoteProps {
  /** What was thrown or answered: an `ApiError`, `OfflineError`, any other error, or `{ code, message }` out of an answer. */
  readonly error: unknown
  /** What was tried; else a general sentence. */
  readonly title?: string | undefined
  readonly onRetry?: (() => void) | undefined
}

/** What happened, why, what to do; the code small beside it. The whole error, not only a toast. */
export function ErrorNote({ error, title, onRetry }: ErrorNoteProps) {
  const { t } = useTranslation()
  const { message, hint, code, requestId, fields } = explain(error)
  return (
    <div className={styles.note} role="alert">
      <IconAlertCircle size={20} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <b className={styles.title}>{title ?? t('parts.error.title')}</b>
        <p>{message}</p>
        {fields.length > 0 && (
          <ul className={styles.fields}>
            {fields.map((field) => (
              <li key={`${field.path} ${field.code}`}>{field.message}</li>
            ))}
          </ul>
        )}
        {hint !== null && <p className={styles.hint}>{hint}</p>}
        {code !== null && (
          <small className={styles.code}>
            {t('parts.error.code')} <code>{code}</code>
            {requestId !== '' && (
              <>
                {' · '}
                {t('parts.error.request')} <code>{requestId}</code>
              </>
            )}
          </small>
        )}
      </div>
      {onRetry !== undefined && (
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
          {t('parts.error.retry')}
        </Button>
      )}
    </div>
  )
}

interface Explained {
  readonly message: string
  readonly hint: string | null
  readonly code: string | null
  readonly requestId: string
  readonly fields: ApiError['fields']
}

function explain(error: unknown): Explained {
  const plain = { hint: null, code: null, requestId: '', fields: [] }
  if (error instanceof ApiError) {
    // A field that only repeats the sentence is not worth a line.
    return { ...error, message: error.message, fields: error.fields.filter(({ message }) => message !== error.message) }
  }
  if (error instanceof OfflineError) return { ...plain, message: error.message, code: error.code }
  if (error instanceof Error) return { ...plain, message: error.message }
  if (typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string') {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : null
    return { ...plain, message: error.message, code }
  }
  return { ...plain, message: String(error) }
}
