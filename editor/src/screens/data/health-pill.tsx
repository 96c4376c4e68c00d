import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionHealth } from '#schemas/connection.ts'
import { Pill } from '#editor/parts/pill.tsx'

const tones = { ok: 'ok', failed: 'bad', unknown: 'plain' } as const
const signs = { ok: IconCheck, failed: IconAlertTriangle, unknown: null } as const

/** How a connection fared when it was last tried. */
export function HealthPill({ health }: { health: ConnectionHealth }) {
  const { t } = useTranslation()
  const Sign = signs[health.state]
  return (
    <Pill tone={tones[health.state]} icon={Sign === null ? undefined : <Sign size={13} aria-hidden />}>
      {t(`data.health.${health.state}`)}
    </Pill>
  )
}
