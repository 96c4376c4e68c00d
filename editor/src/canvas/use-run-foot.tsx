import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NodeDescriptor } from '#schemas/node.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { RunNode } from '#schemas/run.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'

/** The figures at the foot of a step of a run. */
export function useRunFoot(
  type: NodeDescriptor | undefined,
  { run, running }: { readonly run: RunNode | undefined; readonly running: boolean },
): ReactNode[] {
  const { t } = useTranslation()
  if (type === undefined || run === undefined || type.role === 'trigger') return []
  // Who was left out or failed did not go on; who came to a merge once more went on before.
  const { failed = 0, skipped = 0, joined = 0, ...through } = run.out
  const out = Object.values(through).reduce((sum, count) => sum + count, 0)
  if (type.role === 'channel') {
    const again = run.states?.errored ?? 0
    const count = <b key="in">{t('editor.facts.messages', { count: run.in })}</b>
    return again > 0 ? [count, t('editor.facts.again', { count: again })] : [count]
  }
  if (run.waiting !== undefined) {
    return [
      <b key="waiting">{t('editor.facts.waiting', { count: run.waiting.count })}</b>,
      <RelativeTime key="first" at={run.waiting.first} />,
    ]
  }
  // Nobody has come out yet: that says nothing about how many will.
  if (running && out + failed + skipped === 0 && type.type !== SUB_WORKFLOW) return []
  const word = type.role === 'source' ? 'rows' : 'people'
  // A workflow inside may send to people and let them go nowhere: who came in is what counts.
  const isWorkflow = type.type === SUB_WORKFLOW
  const foot: ReactNode[] = [<b key="out">{t(`editor.facts.${word}`, { count: isWorkflow ? run.in : out })}</b>]
  const lost = isWorkflow ? skipped : Math.max(skipped, run.in - joined - out - failed)
  const left = type.role === 'transform' ? lost : 0
  if (failed > 0) foot.push(t('editor.facts.failed', { count: failed }))
  else if (left > 0) foot.push(t('editor.facts.leftOut', { count: left }))
  else if (run.statements !== undefined) foot.push(t('editor.facts.statements', { count: run.statements }))
  return foot
}
