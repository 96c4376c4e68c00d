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
  const until = run.cause?.until ?? run.eta
  const tooLate = until !== null && run.expiresAt !== null && new Date(run.expiresAt) < new Date(until)
  // With a cause there is something to send, and it may not go out: "nothing to send" would be wrong.
  const held = run.cause?.code === 'waiting-at-step' ? 'control.waiting.step' : 'control.waiting.held'
  const title = t(run.cause === null ? 'control.waiting.time' : held)
  return (
    <Banner state="held" sign={<IconClock size={20} />} title={title} reason={run.reason ?? run.cause}>
      <Until at={until} />
      {tooLate && (
        <p>
          {t('control.waiting.expires')} <RelativeTime at={run.expiresAt} />
        </p>
      )}
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
