import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { nodeById, readPorts, usedPorts } from '#editor/model/graph-index.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { runProgress } from './run-progress.ts'
import { useRunView } from './run-view.ts'
import { shownInputs, shownOutputs } from './shown-ports.ts'
import { StepCard } from './step-card.tsx'
import { useRunFoot } from './use-run-foot.tsx'

/** One step of a run with its live counts: drawn again only when its own figures change. */
export const RunStep = memo(function RunStep({ id, selected }: NodeProps<Node>) {
  const language = useLanguage()
  const types = useRunView((view) => view.types)
  const node = useRunView((view) => nodeById(view.document, id))
  const used = readPorts(useRunView((view) => usedPorts(view.document, id)))
  const run = useRunView((view) => view.nodes[id])
  const summary = useRunView((view) => view.summaries[id])
  const progress = useRunView((view) => runProgress(view, id))
  const running = useRunView((view) => view.running)
  const type = typeOfNode(types, node)
  const foot = useRunFoot(type, { run, running })
  if (node === undefined) return null
  const number = new Intl.NumberFormat(language)
  const counts =
    run === undefined ? null : Object.fromEntries(Object.entries(run.out).map(([port, count]) => [port, number.format(count)]))
  return (
    <StepCard
      id={id}
      role={type?.role ?? 'transform'}
      icon={type?.icon ?? 'puzzle'}
      title={labelOf(node, types, language)}
      line={summary?.[language] ?? type?.title[language] ?? node.type}
      foot={foot}
      inputs={shownInputs(type, used.in)}
      outputs={shownOutputs(type, { language, connected: used.out, counts, config: node.config })}
      problems={null}
      selected={selected}
      progress={progress}
      editable={false}
    />
  )
})
