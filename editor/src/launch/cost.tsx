import { useTranslation } from 'react-i18next'
import type { Launch } from '#schemas/api/launch.ts'
import { formatMoney } from '#editor/parts/numbers.ts'
import { useChannelName } from '#editor/screens/run/use-channel-name.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { costParts } from './launch-figures.ts'

/** What it costs, at most with every fallback, and how that comes about. */
export function Cost({ launch }: { launch: Launch }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const channelName = useChannelName()
  const { cost, channels } = launch
  if (cost === null)
    return (
      <>
        <b>{t('launch.costUnknown')}</b>
        <small>{t(launch.count === null ? 'launch.costOnly' : 'launch.costHow')}</small>
      </>
    )
  const money = (price: number) => formatMoney({ amount: String(price), currency: 'KRW' }, language)
  // A kind of a plugin's channel is shown as it calls itself.
  const kindName = (kind: string) => (kind === 'ATA' || kind === 'SMS' || kind === 'LMS' ? t(`launch.kinds.${kind}`) : kind)
  const parts = costParts(launch).map(({ kind, price, count }) =>
    t('launch.costEach', { kind: kindName(kind), price: money(price), count }),
  )
  const fallbacks = [...new Set(channels.filter(({ fallback }) => fallback).map(({ channel }) => channelName(channel)))]
  const more = cost.maximum.amount !== cost.estimate.amount
  return (
    <>
      <b>
        {formatMoney(cost.estimate, language)}
        {more && <i>{t('launch.costMax', { money: formatMoney(cost.maximum, language) })}</i>}
      </b>
      <small>
        {parts.join(', ')}
        {more && `. ${t('launch.costAll', { channel: fallbacks.join(', ') })}`}
      </small>
    </>
  )
}
