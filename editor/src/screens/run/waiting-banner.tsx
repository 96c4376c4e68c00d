import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Banner } from './banner.tsx'

/** Nothing is due: what it waits for, and until when. It goes on by itself. */
export function WaitingBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  return (
    <Banner state="held" sign={<IconClock size={20} />} title={t('control.waiting.time')} reason={run.reason ?? run.cause}>
      {run.eta !== null && (
        <p>
          {t('control.waiting.until')} <RelativeTime at={run.eta} />
        </p>
      )}
    </Banner>
  )
}
