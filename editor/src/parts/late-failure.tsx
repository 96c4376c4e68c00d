import { Button, Group } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './error-note.tsx'
import { GoneError } from './load-online.ts'
import styles from './late-part.module.css'

interface LateFailureProps {
  readonly error: unknown
  readonly onRetry: () => void
  readonly onDismiss?: (() => void) | undefined
}

/** In the place of a part that did not come: why, and the way on. */
export function LateFailure(props: LateFailureProps) {
  return props.onDismiss === undefined ? <Note {...props} /> : <FailedDialog {...props} onDismiss={props.onDismiss} />
}

function Note({ error, onRetry, onDismiss }: LateFailureProps) {
  const { t } = useTranslation()
  const gone = error instanceof GoneError
  return (
    <div className={styles.failed}>
      <ErrorNote error={error} title={t('parts.late.title')} onRetry={gone ? undefined : onRetry} />
      {(gone || onDismiss !== undefined) && (
        <Group justify="flex-end" gap="xs">
          {gone && <Button onClick={() => location.reload()}>{t('frame.crash.reload')}</Button>}
          {onDismiss !== undefined && (
            <Button variant="default" onClick={onDismiss}>
              {t('parts.close')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}

/** The browser's own dialog: the product's may be the very thing that did not come. */
function FailedDialog(props: LateFailureProps & { readonly onDismiss: () => void }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const open = dialog.current
    open?.showModal()
    return () => open?.close()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={t('parts.late.title')} onCancel={props.onDismiss}>
      <Note {...props} />
    </dialog>
  )
}
