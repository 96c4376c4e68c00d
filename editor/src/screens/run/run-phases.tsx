import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { phaseOf, PHASES } from './run-facts.ts'
import styles from './run-phases.module.css'

/** The way of a run from preparing to done, and where it is on it. */
export function RunPhases({ state }: { state: string }) {
  const { t } = useTranslation()
  const now = phaseOf(state) ?? -1
  return (
    <ol className={styles.phases} aria-label={t('run.phases.name')}>
      {PHASES.map((phase, place) => (
        <li
          key={phase}
          data-at={place < now ? 'done' : place === now ? 'now' : 'ahead'}
          aria-current={place === now ? 'step' : undefined}
        >
          <i aria-hidden>{place < now ? <IconCheck size={14} stroke={2.6} /> : place + 1}</i>
          {place === now && (state === 'waiting' || state === 'paused') ? t(`states.run.${state}`) : t(`run.phases.${phase}`)}
          {place < now && <span className={styles.hidden}> ({t('run.phases.finished')})</span>}
        </li>
      ))}
    </ol>
  )
}
