import { NumberInput, PasswordInput, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NoticeSettings } from '#schemas/api/notices.ts'
import { NoticeTest } from './notice-test.tsx'
import type { NoticeForm } from './notice-form.ts'
import styles from './settings.module.css'

type Email = NoticeSettings['email']

/** The port that goes with a way to encrypt, where the other one's stood. */
const USUAL_PORT = { tls: 465, starttls: 587, off: 25 } as const
const MODES = ['starttls', 'tls', 'off'] as const

/** The mail server, and to whom it writes: asked only where mail is wanted. */
export function NoticeEmail({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const { email } = form.value
  return (
    <fieldset className={styles.group}>
      <legend>{t('notices.settings.email.title')}</legend>
      <Switch
        label={t('notices.settings.email.on')}
        checked={email.enabled}
        onChange={(event) => form.set({ email: { ...email, enabled: event.currentTarget.checked } })}
      />
      {email.enabled && <MailServer form={form} />}
    </fieldset>
  )
}

function MailServer({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const { email } = form.value
  const set = (change: Partial<Email>) => form.set({ email: { ...email, ...change } })
  const text = (name: 'host' | 'user' | 'from') => ({
    label: t(`notices.settings.email.${name}`),
    value: email[name],
    error: form.fault(`email/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  const encrypt = (tls: Email['tls']) => set({ tls, ...(email.port === USUAL_PORT[email.tls] && { port: USUAL_PORT[tls] }) })
  return (
    <>
      <TextInput {...text('host')} placeholder="smtp.example.com" maxLength={253} />
      <Select
        label={t('notices.settings.email.tls')}
        data={MODES.map((value) => ({ value, label: t(`notices.settings.email.tlsModes.${value}`) }))}
        value={email.tls}
        allowDeselect={false}
        onChange={(next) => next !== null && encrypt(next as Email['tls'])}
      />
      <NumberInput
        label={t('notices.settings.email.port')}
        min={1}
        max={65_535}
        allowDecimal={false}
        thousandSeparator=""
        value={email.port}
        error={form.fault('email/port')}
        onChange={(next) => typeof next === 'number' && set({ port: next })}
      />
      <TextInput {...text('user')} autoComplete="off" maxLength={320} />
      <Password form={form} />
      <TextInput {...text('from')} placeholder="Alimflow <alim@example.com>" maxLength={320} />
      <TagsInput
        label={t('notices.settings.email.to')}
        description={t('notices.settings.email.toHelp')}
        value={[...email.to]}
        maxTags={20}
        error={form.fault('email/to')}
        onChange={(to) => set({ to })}
      />
      <NoticeTest way="email" form={form} />
    </>
  )
}

function Password({ form }: { form: NoticeForm }) {
  const { t } = useTranslation()
  const there = form.value.secretsSet.includes('smtpPassword')
  return (
    <PasswordInput
      label={t('notices.settings.email.password')}
      description={t('notices.settings.email.passwordHelp')}
      placeholder={there ? t('notices.settings.email.passwordSet') : ''}
      autoComplete="new-password"
      maxLength={500}
      value={form.changes.secrets?.smtpPassword ?? ''}
      // An emptied field is no wish to forget the password: without a user there is no login.
      onChange={({ currentTarget: { value } }) => form.set({ secrets: value === '' ? {} : { smtpPassword: value } })}
    />
  )
}
