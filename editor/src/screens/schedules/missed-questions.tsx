import { IconClockX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#schemas/api/schedules.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { MissedAnswer } from './missed-answer.tsx'
import styles from './missed-questions.module.css'

/** Times that nobody started and that a person is asked about, one workflow each. */
export function MissedQuestions({ asks, zone }: { asks: Calendar['asks']; zone: string }) {
  const { t } = useTranslation()
  return asks.map(({ workflowId, workflowName, newest }) => (
    <section key={workflowId} className={styles.question} aria-label={t('schedules.answer.of', { name: workflowName })}>
      <h2>
        <IconClockX size={18} aria-hidden />
        <span>
          <RelativeTime at={newest} zone={zone} /> · {t('schedules.answer.title')}
        </span>
      </h2>
      <p>
        <Link to="/workflows/$id/runs" params={{ id: workflowId }}>
          {workflowName}
        </Link>
        {' · '}
        {t('schedules.answer.text')}
      </p>
      <MissedAnswer workflowId={workflowId} name={workflowName} newest={newest} />
    </section>
  ))
}
