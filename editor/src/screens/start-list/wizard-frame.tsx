import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconSitemap } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Screen } from '#editor/parts/screen.tsx'
import type { Wizard, WizardStep } from './wizards.ts'
import styles from './wizard.module.css'

interface WizardFrameProps {
  readonly wizard: Wizard
  readonly step: WizardStep
  /** The workflow that was made; null: the people are not stored yet. */
  readonly workflowId: string | null
  /** What is saved, beside the steps. */
  readonly state?: ReactNode
  /** The one way on. */
  readonly action: ReactNode
  readonly children: ReactNode
}

/** Title, the steps, the way back and on. */
export function WizardFrame({ wizard, step, workflowId, state, action, children }: WizardFrameProps) {
  const { t } = useTranslation()
  const place = wizard.steps.indexOf(step)
  const before = wizard.steps[place - 1]
  const actions = (
    <>
      {workflowId !== null && (
        <Button
          variant="default"
          leftSection={<IconSitemap size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/workflows/$id" params={{ id: workflowId }} {...props} />}
        >
          {t('startList.graph')}
        </Button>
      )}
      {before !== undefined && workflowId !== null && (
        <Button
          variant="default"
          renderRoot={(props) => <Link to={wizard.to} search={{ workflow: workflowId, step: before }} {...props} />}
        >
          {t('startList.next.back')}
        </Button>
      )}
      {action}
    </>
  )
  return (
    <Screen
      layout="full"
      title={t(wizard.title)}
      crumbs={
        <>
          <Link to="/">{t('startList.home')}</Link> /
        </>
      }
      aside={state}
      actions={actions}
    >
      <div className={styles.page}>
        <nav aria-label={t('startList.steps.label')}>
          <ol className={styles.steps}>
            {wizard.steps.map((one, index) => (
              <li key={one} data-state={index < place ? 'done' : index === place ? 'now' : 'later'}>
                <StepLink wizard={wizard} step={one} now={place} workflowId={workflowId} />
              </li>
            ))}
          </ol>
        </nav>
        {children}
      </div>
    </Screen>
  )
}

interface StepLinkProps {
  readonly wizard: Wizard
  readonly step: WizardStep
  readonly now: number
  readonly workflowId: string | null
}

function StepLink({ wizard, step, now, workflowId }: StepLinkProps) {
  const { t } = useTranslation()
  const place = wizard.steps.indexOf(step)
  const inside = (
    <>
      <span className={styles.number} aria-hidden>
        {place < now ? <IconCheck size={15} stroke={2.4} /> : place + 1}
      </span>
      {t(`startList.steps.${step}`)}
      {place < now && <VisuallyHidden>, {t('startList.steps.done')}</VisuallyHidden>}
    </>
  )
  if (place === now) return <span aria-current="step">{inside}</span>
  // Once the people are stored, every page can be looked at.
  return workflowId === null ? (
    <span>{inside}</span>
  ) : (
    <Link to={wizard.to} search={{ workflow: workflowId, step }}>
      {inside}
    </Link>
  )
}
