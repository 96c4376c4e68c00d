import { useTranslation } from 'react-i18next'

/** What a channel is called; one that a plugin brought is shown as it calls itself, none as "not sent". */
export function useChannelName(): (channel: string | null) => string {
  const { t } = useTranslation()
  return (channel) => {
    if (channel === null) return t('run.table.notSent')
    return channel === 'alimtalk' || channel === 'sms' ? t(`run.channels.${channel}`) : channel
  }
}
