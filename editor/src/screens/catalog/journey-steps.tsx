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
          {step === 'tables' && at === 'tables' ? <a href="#tables">{t('catalog.step.tables')}</a> : t(`catalog.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}

/** The same on the page of a database that was just connected. */
export function JourneySteps({ role }: { role: string }) {
  const { new: isNew } = route.useSearch()
  return isNew === undefined || role !== 'database' ? null : <ConnectSteps at="tables" />
}
