import { Alert, Button, Code, CopyButton, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { makeWebhookSecret, noticeSettingsQuery } from '#editor/api/notices.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { NoticeTest } from './notice-test.tsx'
import type { NoticeForm } from './notice-form.ts'
import styles from './settings.module.css'

/** Where notices are posted, and the secret that signs them: asked only where they are wanted. */
export function NoticeWebhook({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const { webhook } = form.value
  return (
    <fieldset className={styles.group}>
      <legend>{t('notices.settings.webhook.title')}</legend>
      <Switch
        label={t('notices.settings.webhook.on')}
        checked={webhook.enabled}
        onChange={(event) => form.set({ webhook: { ...webhook, enabled: event.currentTarget.checked } })}
      />
      {webhook.enabled && <Address form={form} />}
    </fieldset>
  )
}

function Address({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const { webhook } = form.value
  return (
    <>
      <TextInput
        label={t('notices.settings.webhook.url')}
        description={t('notices.settings.webhook.urlHelp')}
        placeholder="https://"
        type="url"
        maxLength={2000}
        value={webhook.url}
        error={form.fault('webhook/url')}
        onChange={(event) => form.set({ webhook: { ...webhook, url: event.currentTarget.value.trim() } })}
      />
      <Secret form={form} />
      <NoticeTest way="webhook" form={form} />
    </>
  )
}

function Secret({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const made = useMutation({
    mutationFn: makeWebhookSecret,
    onSuccess: () => client.invalidateQueries({ queryKey: noticeSettingsQuery.queryKey }),
    onError: (error) => toastError(error),
  })
  const there = form.value.secretsSet.includes('webhookSecret')
  const fault = form.fault('secrets/webhookSecret')
  return (
    <div>
      <div className={styles.row}>
        <span>
          {t('notices.settings.webhook.secret')}
          <span className={styles.quiet}>{t(`notices.settings.webhook.${there ? 'secretSet' : 'secretNone'}`)}</span>
          {fault !== undefined && <span className={styles.bad}>{fault}</span>}
        </span>
        <Button variant="default" loading={made.isPending} onClick={() => made.mutate()}>
          {t(`notices.settings.webhook.${there ? 'makeNew' : 'make'}`)}
        </Button>
      </div>
      {made.data !== undefined && (
        <Alert color="yellow" variant="light" title={t('notices.settings.webhook.shown')}>
          <Code block>{made.data.webhookSecret}</Code>
          <CopyButton value={made.data.webhookSecret}>
            {({ copied, copy }) => (
              <Button mt={8} size="xs" variant="default" onClick={copy}>
                {t(`notices.settings.webhook.${copied ? 'copied' : 'copy'}`)}
              </Button>
            )}
          </CopyButton>
        </Alert>
      )}
    </div>
  )
}
