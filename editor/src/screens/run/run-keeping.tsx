import { IconEraser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { runQuery } from '#editor/api/runs.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { formatDay } from '#editor/parts/times.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { Banner } from './banner.tsx'

/** People who were erased, or deleted because they were old: why names and texts are not there. Nothing while they are kept. */
export function ErasedBanner({ run: { personalData } }: { run: Pick<Run, 'personalData'> }) {
  const { t } = useTranslation()
  const erased = personalData?.erasedAt ?? null
  const deleted = personalData?.deletedAt ?? null
  const at = deleted ?? erased
  if (at === null) return null
  return (
    <Banner
      state="cancelled"
      sign={<IconEraser size={20} />}
      title={t(deleted === null ? 'control.kept.erased' : 'control.kept.deleted')}
    >
      <p>
        {t('control.kept.stays')} <RelativeTime at={at} />
      </p>
    </Banner>
  )
}

/** Quiet facts: which run this one repeats, and until when its people are kept. */
export function RunKeeping({ run }: { run: Pick<Run, 'repeats' | 'personalData'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useMinute()
  const { repeats, personalData } = run
  const kept = personalData?.erasedAt === null && personalData.deletedAt === null ? personalData.keptUntil : null
  // A day is a day already: no zone moves it.
  const day = kept === null ? null : formatDay(new Date(`${kept}T00:00:00Z`), { language, zone: 'UTC', now })
  return (
    <>
      {repeats !== null && <Repeats runId={repeats} />}
      {day !== null && <span>{t('control.kept.until', { day })}</span>}
    </>
  )
}

function Repeats({ runId }: { runId: string }) {
  const { t } = useTranslation()
  const original = useQuery(runQuery(runId)).data
  return (
    <span>
      {t('control.repeat.of')}{' '}
      <Link to="/runs/$id" params={{ id: runId }}>
        {original === undefined ? t('control.repeat.original') : `#${original.number}`}
      </Link>
    </span>
  )
}
