import { useTranslation } from 'react-i18next'
import { isKnownChannel } from './kind-look.ts'

/** The channels of a provider in words: 알림톡 · 문자. */
export function ChannelNames({ channels }: { channels: readonly string[] }) {
  const { t } = useTranslation()
  return <>{channels.map((channel) => (isKnownChannel(channel) ? t(`data.channel.${channel}`) : channel)).join(' · ')}</>
}
