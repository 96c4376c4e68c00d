import { useTranslation } from 'react-i18next'
import type { ConnectionHealth } from '#schemas/connection.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'

const MOMENT = '\u0000'

/** Since when a connection is as it is; nothing where that is not known. */
export function HealthSince({ health: { since, checkedAt } }: { health: ConnectionHealth }) {
  const { t } = useTranslation()
  const at = since ?? checkedAt
  if (at === null) return null
  // The moment is an element of its own, wherever a language puts it.
  const [before = '', after = ''] = t('data.live.since', { time: MOMENT }).split(MOMENT)
  return (
    <span>
      {before}
      <RelativeTime at={at} />
      {after}
    </span>
  )
}
