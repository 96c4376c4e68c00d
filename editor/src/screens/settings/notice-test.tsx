import { Alert, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NoticeWay } from '#schemas/notice-kinds.ts'
import { testNotices } from '#editor/api/notices.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import type { NoticeForm } from './notice-form.ts'
import styles from './settings.module.css'

/** Sends a test with what stands in the form and says exactly what failed; and what became of the last real message. */
export function NoticeTest({ way, form }: { way: NoticeWay; form: NoticeForm }) {
  const { t } = useTranslation()
  const test = useMutation({ mutationFn: () => testNotices(way, form.changes) })
  const last = form.value.last[way]
  return (
    <>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()} style={{ alignSelf: 'flex-start' }}>
        {t('notices.settings.test')}
      </Button>
      <div aria-live="polite">
        {test.data?.ok === true && (
          <Alert color="green" variant="light">
            {t('notices.settings.tested', { ms: test.data.tookMs })}
          </Alert>
        )}
        {test.data?.error && (
          <Alert color="red" variant="light">
            {test.data.error.message} <code>{test.data.error.code}</code>
          </Alert>
        )}
        {test.error !== null && <ErrorNote error={test.error} />}
      </div>
      {last !== null && (
        <p className={last.state === 'failed' || last.state === 'unknown' ? styles.bad : styles.quiet}>
          {t('notices.settings.last')}: <RelativeTime at={last.at} /> · {t(`notices.settings.lastState.${last.state}`)}
          {last.error !== null && ` · ${last.error.message}`}
        </p>
      )}
    </>
  )
}
