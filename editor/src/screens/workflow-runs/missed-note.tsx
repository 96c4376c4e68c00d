import { IconCalendarX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import { missedFiresQuery } from '#editor/api/schedules.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { MissedAnswer } from '../schedules/missed-answer.tsx'
import styles from './missed-note.module.css'

/** Times that are named one by one; more are only counted. */
const SHOWN = 3

/** Scheduled starts that a person is asked about. Nothing where there are none. */
export function MissedNote({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation()
  const missed = useQuery(missedFiresQuery(workflow.id)).data?.items ?? []
  const open = missed.filter(({ outcome }) => outcome === 'open')
  const newest = open[0]
  if (newest === undefined) return null
  return (
    <section className={styles.note} aria-labelledby="missed">
      <IconCalendarX size={20} aria-hidden className={styles.sign} />
      <div className={styles.words}>
        <b id="missed">{t('runs.missed.title', { count: open.length })}</b>
        <p>
          {open.slice(0, SHOWN).map(({ fireAt }, place) => (
            <span key={fireAt}>
              {place > 0 && ' · '}
              <RelativeTime at={fireAt} />
            </span>
          ))}
          {open.length > SHOWN && ` · ${t('runs.missed.more', { count: open.length - SHOWN })}`}
        </p>
        <p>{t(open.some(({ why }) => why === 'late') ? 'runs.missed.text' : 'runs.missed.behind')}</p>
      </div>
      <MissedAnswer workflowId={workflow.id} name={workflow.document.name} newest={newest.fireAt} />
    </section>
  )
}
