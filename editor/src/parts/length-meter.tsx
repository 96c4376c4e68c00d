import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Length } from '#schemas/message.ts'
import { Pill } from './pill.tsx'

/** Used and allowed length in the unit that counts for the channel; what it goes out as, where that is not plain. */
export function LengthMeter({ length }: { length: Length }) {
  const { t } = useTranslation()
  const { unit, used, limit, kind } = length
  const over = used > limit
  const near = !over && used > limit * 0.9
  return (
    <Pill
      tone={over ? 'bad' : near ? 'warn' : 'ok'}
      icon={over ? <IconAlertCircle size={13} aria-hidden /> : <IconCheck size={13} aria-hidden />}
    >
      {(kind === 'SMS' || kind === 'LMS') && `${kind} `}
      {t(`parts.length.${unit}`, { used, limit })}
      {over && ` · ${t('parts.length.over', { over: used - limit })}`}
    </Pill>
  )
}
