import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { formatDuration } from '#editor/parts/numbers.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { Banner } from './banner.tsx'
import { useTimeLeft } from './use-time-left.ts'

/** Nothing is due, or nothing may go out: what it waits for, and until when. It goes on by itself. */
export function WaitingBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  return (
    <Banner state="held" sign={<IconClock size={20} />} title={t('control.waiting.time')} reason={run.reason ?? run.cause}>
      <Until at={run.cause?.until ?? run.eta} />
    </Banner>
  )
}

/** The moment, and how long it is until then; nothing where nobody knows. */
export function Until({ at }: { at: string | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const left = useTimeLeft(at)
  if (at === null) return null
  return (
    <p>
      {t('control.waiting.until')} <RelativeTime at={at} />
      {left !== null && left > 0 && (
        // It changes each second: nothing to be read out.
        <span aria-hidden>
          {' '}
          · {t('control.waiting.left', { time: formatDuration(Math.ceil(left / 1_000) * 1_000, language) })}
        </span>
      )}
    </p>
  )
}
