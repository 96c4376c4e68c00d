import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useSession } from '#editor/canvas/session-context.ts'
import { applyFix } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Problem } from '#schemas/problem.ts'
import styles from './panel.module.css'

const none: readonly Problem[] = []
export const problemIcons = { error: IconAlertCircle, warning: IconAlertTriangle, info: IconInfoCircle } as const

/** What is wrong with a step, each with its fix where one is known; not what one of its `fields` says itself. */
export function ProblemNotes({ nodeId, fields }: { nodeId: string; fields: readonly string[] }) {
  const problems = useChecks((state) => state.problemsByNode[nodeId] ?? none)
  const shown = problems.filter(({ field }) => field === undefined || !fields.includes(field.split('/')[0] ?? ''))
  if (shown.length === 0) return null
  return (
    <ul className={styles.notes}>
      {shown.map((problem) => (
        <ProblemNote key={`${problem.code}/${problem.field}/${problem.message.en}`} problem={problem} />
      ))}
    </ul>
  )
}

function ProblemNote({ problem }: { problem: Problem }) {
  const language = useLanguage()
  const Icon = problemIcons[problem.severity]
  return (
    <li className={styles.note} data-severity={problem.severity}>
      <Icon size={16} aria-hidden />
      <span>
        {problem.message[language]} <code>{problem.code}</code>
      </span>
      <FixButton problem={problem} />
    </li>
  )
}

/** One click that mends it; nothing where nobody knows how. */
export function FixButton({ problem }: { problem: Problem }) {
  const session = useSession()
  const language = useLanguage()
  const { t } = useTranslation()
  if (problem.fix === undefined) return null
  const { fix } = problem
  return (
    <Button size="compact-xs" variant="default" title={t('editor.problems.fixHelp')} onClick={() => applyFix(session, fix)}>
      {fix.title[language]}
    </Button>
  )
}
