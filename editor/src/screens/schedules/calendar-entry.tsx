import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconClockX,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CalendarItem, Passed } from '#schemas/api/schedules.ts'
import type { RunState } from '#schemas/states.ts'
import { isRunState, runTones } from '#editor/parts/state-tones.ts'
import { formatClock, formatExact } from '#editor/parts/times.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './schedules.module.css'

const SIGNS: Readonly<Partial<Record<RunState, TablerIcon>>> = {
  completed: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconX,
  paused: IconPlayerPause,
  waiting: IconPlayerPause,
}

/** One thing of a day: its time, its workflow, and what became of it. Leads to the run, or to where a missed time is decided about. */
export function CalendarEntry({ item, zone }: { item: CalendarItem; zone: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { run, kind, passed, workflowId, workflowName, more } = item
  // A newer server may have more states.
  const state = run !== null && isRunState(run.state) ? run.state : null
  const Sign =
    kind === 'missed'
      ? IconClockX
      : kind === 'waiting'
        ? IconHourglass
        : run === null
          ? IconClock
          : ((state && SIGNS[state]) ?? IconPlayerPlay)
  const tone = passed?.outcome === 'open' ? 'warn' : state === null ? 'none' : runTones[state]
  const inside = (
    <>
      <Sign size={13} aria-hidden />
      <span className={styles.words}>
        <b>
          {formatClock(new Date(item.at), { language, zone })} {workflowName}
        </b>
        <span>
          {run !== null ? (
            <Outcome run={run} />
          ) : passed !== null ? (
            <PassedOver passed={passed} zone={zone} />
          ) : (
            t(`schedules.${kind === 'waiting' ? kind : 'planned'}`)
          )}
        </span>
      </span>
    </>
  )
  return (
    <li className={styles.entry} data-tone={tone}>
      {run !== null ? (
        <Link to="/runs/$id" params={{ id: run.id }}>
          {inside}
        </Link>
      ) : kind === 'missed' || kind === 'waiting' ? (
        <Link to="/workflows/$id/runs" params={{ id: workflowId }}>
          {inside}
        </Link>
      ) : (
        <Link to="/workflows/$id" params={{ id: workflowId }}>
          {inside}
        </Link>
      )}
      {more > 0 && <span className={styles.more}>{t('schedules.more', { count: more })}</span>}
    </li>
  )
}

/** What became of a time that nobody started; of one that a person declined, who and when. */
function PassedOver({ passed: { outcome, why, decidedAt, decidedBy }, zone }: { passed: Passed; zone: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (outcome === 'skipped') return t(`schedules.passed.${why}`)
  if (outcome !== 'declined' || decidedAt === null) return t(`schedules.passed.${outcome}`)
  const at = new Date(decidedAt)
  const text = t('schedules.passed.declined', { when: formatClock(at, { language, zone }) })
  return <span title={`${formatExact(at, language, zone)} · ${decidedBy}`}>{text}</span>
}

function Outcome({ run }: { run: NonNullable<CalendarItem['run']> }) {
  const { t } = useTranslation()
  const people = run.recipients === null ? null : t('run.table.people', { count: run.recipients })
  if (run.state === 'completed' && people !== null) return people
  const state = isRunState(run.state) ? t(`states.run.${run.state}`) : run.state
  return people === null ? state : `${state} · ${people}`
}
