import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { goToProblem } from '#editor/model/go-to-problem.ts'
import { labelOf } from '#editor/model/session.ts'
import { FixButton, problemIcons } from '#editor/panel/problem-notes.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Problem } from '#schemas/problem.ts'
import styles from './dock.module.css'

/** Everything that is wrong, worst first; a click goes to the step and its field. */
export function ProblemsTab() {
  const { t } = useTranslation()
  const problems = useChecks((state) => state.problems)
  const failure = useChecks((state) => state.checkFailure)
  return (
    <>
      {failure !== null && <p className={styles.failure}>{t('editor.dock.notChecked', { message: failure.message })}</p>}
      {problems.length === 0 && failure === null && <p className={styles.quiet}>{t('editor.dock.noProblems')}</p>}
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <ProblemRow
            key={`${problem.nodeId}/${problem.edgeId}/${problem.code}/${problem.field}/${problem.message.en}`}
            problem={problem}
          />
        ))}
      </ul>
    </>
  )
}

function ProblemRow({ problem }: { problem: Problem }) {
  const session = useSession()
  const language = useLanguage()
  const node = useDocument((state) => state.document.nodes.find(({ id }) => id === problem.nodeId))
  const Icon = problemIcons[problem.severity]
  return (
    <li className={styles.problem} data-severity={problem.severity}>
      <button type="button" onClick={() => goToProblem(session, problem)}>
        <Icon size={16} aria-hidden />
        {node !== undefined && <b>{labelOf(node, session.types, language)}</b>}
        <span>{problem.message[language]}</span>
        <code>{problem.code}</code>
      </button>
      <FixButton problem={problem} />
    </li>
  )
}
