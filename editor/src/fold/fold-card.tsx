import { IconAlertCircle, IconAlertTriangle, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { goToProblem } from '#editor/model/go-to-problem.ts'
import type { FoldCard as Card } from '#editor/model/fold.ts'
import { labelOf } from '#editor/model/session.ts'
import { FixButton } from '#editor/panel/problem-notes.tsx'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Problem } from '#schemas/problem.ts'
import { useFolding } from './use-folding.ts'
import styles from './fold-card.module.css'

/** Problems that a card shows one by one; the others are counted. */
const SHOWN = 3

interface FoldCardProps {
  readonly card: Card
  readonly place: number
  /** The graph's steps that are folded into it. */
  readonly steps: readonly string[]
  readonly problems: readonly Problem[]
  readonly children: ReactNode
}

/** One of the three plain steps: what it comes to, what is wrong in it, and the steps of the graph that it is made of. */
export function FoldCard({ card, place, steps, problems, children }: FoldCardProps) {
  const { t } = useTranslation()
  const { unfold } = useFolding()
  const first = steps[0]
  return (
    <section className={styles.card} aria-labelledby={`fold-${card}`} data-problem={problems[0]?.severity}>
      <header className={styles.head}>
        <span className={styles.number} aria-hidden>
          {place}
        </span>
        <h2 id={`fold-${card}`}>{t(`fold.cards.${card}`)}</h2>
        <button type="button" className={styles.open} onClick={() => unfold(first)}>
          {t('fold.steps', { count: steps.length })}
          <IconChevronRight size={14} aria-hidden />
        </button>
      </header>
      <div className={styles.body}>
        {problems.length > 0 && <Problems problems={problems} />}
        {children}
      </div>
      <ul className={styles.steps} aria-label={t('fold.made', { card: t(`fold.cards.${card}`) })}>
        {steps.map((id) => (
          <Step key={id} id={id} />
        ))}
      </ul>
    </section>
  )
}

/** A step of the graph: leads to it on the canvas. */
function Step({ id }: { id: string }) {
  const { types } = useSession()
  const language = useLanguage()
  const { unfold } = useFolding()
  const node = useDocument((state) => state.document.nodes.find((one) => one.id === id))
  const summary = useChecks((state) => state.summaries[id]?.[language])
  if (node === undefined) return null
  const type = types.get(node.type)
  const label = labelOf(node, types, language)
  return (
    <li>
      <button type="button" className={styles.step} data-step={id} onClick={() => unfold(id)}>
        <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={24} />
        <span>
          {label}
          {summary !== undefined && summary !== label && <small>{summary}</small>}
        </span>
      </button>
    </li>
  )
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const session = useSession()
  const { unfold } = useFolding()
  const go = (problem: Problem) => {
    session.view.getState().set({ dockTab: 'problems' })
    goToProblem(session, problem)
    unfold()
  }
  return (
    <ul className={styles.problems}>
      {problems.slice(0, SHOWN).map((problem) => {
        const Sign = problem.severity === 'error' ? IconAlertCircle : IconAlertTriangle
        return (
          <li key={`${problem.nodeId}/${problem.code}/${problem.field}/${problem.message.en}`} data-severity={problem.severity}>
            <Sign size={16} aria-hidden />
            <button type="button" data-problem-link onClick={() => go(problem)}>
              {problem.message[language]}
            </button>
            <FixButton problem={problem} />
          </li>
        )
      })}
      {problems.length > SHOWN && <li>{t('fold.moreProblems', { count: problems.length - SHOWN })}</li>}
    </ul>
  )
}
