import { IconCheck } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import styles from './journey-steps.module.css'

const STEPS = ['connect', 'tables', 'flow'] as const
const route = getRouteApi('/data/$id')

/** From a database to a message: where one is on the way. */
export function ConnectSteps({ at }: { at: (typeof STEPS)[number] }) {
  const { t } = useTranslation()
  const place = STEPS.indexOf(at)
  return (
    <ol className={styles.steps} aria-label={t('catalog.step.list')}>
      {STEPS.map((step, number) => (
        <li
          key={step}
          data-state={number < place ? 'done' : number === place ? 'now' : 'later'}
          aria-current={number === place ? 'step' : undefined}
        >
          <span>{number < place ? <IconCheck size={14} aria-label={t('catalog.step.done')} /> : number + 1}</span>
          {t(`catalog.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}

/** The same on the page of a connection that was just made. */
export function JourneySteps() {
  const { new: isNew } = route.useSearch()
  return isNew === undefined ? null : <ConnectSteps at="tables" />
}
