import type { ReactNode } from 'react'
import { useState } from 'react'
import { IconChecklist, IconClock, IconCurrencyWon, IconMoon, IconUserMinus, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Launch } from '#schemas/api/launch.ts'
import type { Run } from '#schemas/run.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { formatDuration } from '#editor/parts/numbers.ts'
import { formatDay } from '#editor/parts/times.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useReasonName } from '#editor/parts/use-reason-name.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { Cost } from './cost.tsx'
import { changeOf, leftOf, nightOf } from './launch-figures.ts'
import { LeftOut } from './left-out.tsx'
import styles from './launch.module.css'

interface FiguresProps {
  readonly run: Run
  readonly launch: Launch
}

/** Six figures: who, who not, cost, time, night, data. */
export function Figures({ run, launch }: FiguresProps) {
  const { t } = useTranslation()
  const [who, setWho] = useState(false)
  const { excluded } = leftOf(run, launch)
  return (
    <>
      <dl className={styles.figures}>
        <People run={run} launch={launch} />
        <Left run={run} launch={launch} who={excluded > 0 ? { open: who, toggle: () => setWho((old) => !old) } : null} />
        <Card icon={<IconCurrencyWon size={16} />} name={t('launch.cost')}>
          <Cost launch={launch} />
        </Card>
        <Time launch={launch} />
        <Night launch={launch} />
        <Data launch={launch} />
      </dl>
      {who && <LeftOut run={run} launch={launch} />}
    </>
  )
}

function Card({ icon, name, tone, children }: { icon: ReactNode; name: string; tone?: string; children: ReactNode }) {
  return (
    <div data-tone={tone}>
      <dt>
        <span aria-hidden>{icon}</span>
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

function People({ run, launch }: FiguresProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const now = useMinute()
  const change = changeOf(run, launch)
  const day = launch.last === null ? '' : formatDay(new Date(launch.last.startedAt), { language, zone, now })
  const words =
    change === null
      ? t('launch.firstTime')
      : change === 0
        ? t('launch.same', { day })
        : t(change > 0 ? 'launch.more' : 'launch.fewer', { day, count: Math.abs(change) })
  const count = launch.count ?? run.toSend
  return (
    <Card icon={<IconUsers size={16} />} name={t('launch.people')}>
      <b>{count === null ? '–' : t('launch.unit', { count })}</b>
      <small>
        {run.recipients !== null && `${t('launch.of', { count: run.recipients })} · `}
        {words}
      </small>
    </Card>
  )
}

function Left({ run, launch, who }: FiguresProps & { who: { open: boolean; toggle: () => void } | null }) {
  const { t } = useTranslation()
  const reasonName = useReasonName()
  const { excluded, cannot } = leftOf(run, launch)
  const reasons = [
    ...Object.entries(run.excluded).map(([code, count]) => `${reasonName(code)} ${t('launch.unit', { count })}`),
    ...launch.cannot.map(({ message, count }) => `${message} ${t('launch.unit', { count })}`),
  ]
  return (
    <Card icon={<IconUserMinus size={16} />} name={t('launch.left')}>
      <b>{t('launch.unit', { count: excluded + cannot })}</b>
      <small>{reasons.length === 0 ? t('launch.nobodyLeft') : reasons.join(' · ')}</small>
      {who !== null && (
        <button type="button" aria-expanded={who.open} onClick={who.toggle}>
          {t(who.open ? 'launch.hideWho' : 'launch.who')}
        </button>
      )}
    </Card>
  )
}

function Time({ launch }: Pick<FiguresProps, 'launch'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { time, count } = launch
  return (
    <Card icon={<IconClock size={16} />} name={t('launch.time')}>
      {time !== null ? (
        <>
          <b>{t('launch.about', { time: formatDuration(Math.max(1, Math.ceil(time.seconds)) * 1_000, language) })}</b>
          <small>{t('launch.timeHow', { connection: time.connection, rate: time.perSecond })}</small>
        </>
      ) : count === null ? (
        <b>{t('launch.timeUnknown')}</b>
      ) : (
        <>
          <b>{t('launch.noLimit')}</b>
          <small>{t('launch.noLimitHow')}</small>
        </>
      )}
    </Card>
  )
}

function Night({ launch }: Pick<FiguresProps, 'launch'>) {
  const { t } = useTranslation()
  const how = nightOf(launch)
  const count = launch.night.ads ?? 0
  const words = {
    unknown: t('launch.nightUnknown'),
    free: t('launch.nightNoAd'),
    day: t('launch.nightDay', { count }),
    bad: t('launch.nightBadHow', { count }),
  }
  return (
    <Card icon={<IconMoon size={16} />} name={t('launch.night')} tone={how === 'bad' ? 'bad' : 'plain'}>
      <b>{how === 'unknown' ? '–' : t(how === 'bad' ? 'launch.nightBad' : 'launch.nightFree')}</b>
      <small>{words[how]}</small>
    </Card>
  )
}

function Data({ launch }: Pick<FiguresProps, 'launch'>) {
  const { t } = useTranslation()
  const { missing, longest } = launch
  if (missing === null)
    return (
      <Card icon={<IconChecklist size={16} />} name={t('launch.data')}>
        <b>{t('launch.dataUnknown')}</b>
      </Card>
    )
  // A unit of a plugin's channel is shown as it calls itself.
  const unitOf = (unit: string) => (unit === 'characters' || unit === 'bytes' ? t(`launch.units.${unit}`) : unit)
  return (
    <Card icon={<IconChecklist size={16} />} name={t('launch.data')} tone={missing === 0 ? 'ok' : 'warn'}>
      <b>{missing === 0 ? t('launch.dataOk') : t('launch.dataSome', { count: missing })}</b>
      <small>
        {t(missing === 0 ? 'launch.dataNone' : 'launch.dataMissing')}
        {longest !== null && ` ${t('launch.longest', { ...longest, unit: unitOf(longest.unit) })}`}
      </small>
    </Card>
  )
}
