import type { Node, NodeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { RunNode } from '#schemas/run.ts'
import { upstream } from '#editor/model/graph.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { shownInputs, shownOutputs } from './shown-ports.ts'
import { StepCard } from './step-card.tsx'
import { useRunView } from './run-view.ts'

/** One step of a run with its live counts. */
export const RunStep = memo(function RunStep({ id, selected }: NodeProps<Node>) {
  const view = useRunView()
  const language = useLanguage()
  const node = view.document.nodes.find((one) => one.id === id)
  const foot = useRunFoot(node === undefined ? undefined : view.types.get(node.type), view.nodes[id])
  if (node === undefined) return null
  const type = view.types.get(node.type)
  const run = view.nodes[id]
  const edges = view.document.edges
  const connected = edges.filter(({ source }) => source === id).map(({ sourcePort }) => sourcePort)
  const first = !upstream(view.document, id).some(
    (one) => view.types.get(view.document.nodes.find((step) => step.id === one)?.type ?? '')?.role === 'channel',
  )
  const number = new Intl.NumberFormat(language)
  const counts =
    run === undefined ? null : Object.fromEntries(Object.entries(run.out).map(([port, count]) => [port, number.format(count)]))
  return (
    <StepCard
      id={id}
      role={type?.role ?? 'transform'}
      icon={type?.icon ?? 'puzzle'}
      title={labelOf(node, view.types, language)}
      line={view.summaries[id]?.[language] ?? type?.title[language] ?? node.type}
      foot={foot}
      inputs={shownInputs(
        type,
        edges.filter(({ target }) => target === id).map(({ targetPort }) => targetPort),
      )}
      outputs={shownOutputs(type, { language, connected, counts })}
      problems={null}
      selected={selected}
      progress={run === undefined ? null : progressOf(type, { run, toSend: view.toSend, running: view.running, first })}
      editable={false}
    />
  )
})

/** 0–1: how much of what is to come has been through here. */
function progressOf(
  type: NodeDescriptor | undefined,
  { run, toSend, running, first }: { run: RunNode; toSend: number | null; running: boolean; first: boolean },
): number {
  if (!running) return 1
  if (type?.role !== 'channel') return run.in > 0 || Object.keys(run.out).length > 0 ? 1 : 0
  const waiting = (run.states?.pending ?? 0) + (run.states?.sending ?? 0) + (run.states?.errored ?? 0)
  // Everyone comes by the first channel; a fallback knows only those who came to it.
  const expected = first ? Math.max(toSend ?? 0, run.in) : run.in
  return expected === 0 ? 0 : Math.max(0, Math.min(1, (run.in - waiting) / expected))
}

function useRunFoot(type: NodeDescriptor | undefined, run: RunNode | undefined): ReactNode[] {
  const { t } = useTranslation()
  if (type === undefined || run === undefined || type.role === 'trigger') return []
  // Who was left out or failed did not go on.
  const { failed = 0, skipped = 0, ...through } = run.out
  const out = Object.values(through).reduce((sum, count) => sum + count, 0)
  if (type.role === 'channel') {
    const again = run.states?.errored ?? 0
    const count = <b key="in">{t('editor.facts.messages', { count: run.in })}</b>
    return again > 0 ? [count, t('editor.facts.again', { count: again })] : [count]
  }
  const word = type.role === 'source' ? 'rows' : 'people'
  const foot: ReactNode[] = [<b key="out">{t(`editor.facts.${word}`, { count: out })}</b>]
  const left = type.role === 'transform' ? Math.max(skipped, run.in - out - failed) : 0
  if (failed > 0) foot.push(t('editor.facts.failed', { count: failed }))
  else if (left > 0) foot.push(t('editor.facts.leftOut', { count: left }))
  else if (run.statements !== undefined) foot.push(t('editor.facts.statements', { count: run.statements }))
  return foot
}
