import type { Node, NodeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowEdge } from '#schemas/workflow.ts'
import { type Fact, factsOf } from '#editor/model/facts.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { shownInputs, shownOutputs } from './shown-ports.ts'
import { StepCard } from './step-card.tsx'
import { useChecks, useDocument, useSession } from './session-context.ts'

const none: readonly Problem[] = []

/** One step of the draft: subscribes to its own node, its own problems and facts, nothing else. */
export const EditorStep = memo(function EditorStep({ id, selected }: NodeProps<Node>) {
  const { types } = useSession()
  const language = useLanguage()
  const { t } = useTranslation()
  const node = useDocument((state) => state.document.nodes.find((one) => one.id === id))
  // Joined to one text: the selector gives the same value while these lines stay the same.
  const used = useDocument((state) => usedPorts(state.document.edges, id))
  const problems = useChecks((state) => state.problemsByNode[id] ?? none)
  const summary = useChecks((state) => state.summaries[id])
  const columns = useChecks((state) => state.columns[id])
  const run = useChecks((state) => state.lastRun?.nodes[id] ?? null)
  const type = node === undefined ? undefined : types.get(node.type)

  const facts = useMemo((): Fact[] => {
    if (type === undefined) return []
    const firstOut = Object.keys(type.ports.out)[0] ?? ''
    return factsOf({ type, run, columnsOut: columns?.out[firstOut] ?? null })
  }, [type, run, columns])
  const outputs = useMemo(
    () => shownOutputs(type, { language, connected: used.split('|')[1]?.split('\n') ?? [], counts: null }),
    [type, language, used],
  )
  const badge = useMemo(() => {
    const serious = problems.filter(({ severity }) => severity !== 'info')
    if (serious.length === 0) return null
    return {
      count: serious.length,
      worst: serious.some(({ severity }) => severity === 'error') ? ('error' as const) : ('warning' as const),
    }
  }, [problems])
  const foot = useMemo(() => facts.map((fact) => <FactText key={fact.word} fact={fact} />), [facts])
  const inputs = useMemo(() => shownInputs(type, used.split('|')[0]?.split('\n') ?? []), [type, used])

  if (node === undefined) return null
  return (
    <StepCard
      id={id}
      role={type?.role ?? 'transform'}
      icon={type?.icon ?? 'puzzle'}
      title={labelOf(node, types, language)}
      line={
        summary?.[language] ??
        (node.label === undefined
          ? type === undefined
            ? t('editor.canvas.unknownType')
            : ''
          : (type?.title[language] ?? node.type))
      }
      foot={foot}
      inputs={inputs}
      outputs={outputs}
      problems={badge}
      selected={selected}
      progress={null}
      editable
    />
  )
})

/** Ports of a step that lines use: inputs, then outputs. Port names have neither bars nor line breaks in them. */
function usedPorts(edges: readonly WorkflowEdge[], id: string): string {
  const inputs = edges.filter(({ target }) => target === id).map(({ targetPort }) => targetPort)
  const outputs = edges.filter(({ source }) => source === id).map(({ sourcePort }) => sourcePort)
  return `${inputs.join('\n')}|${outputs.join('\n')}`
}

const strong = new Set<Fact['word']>(['rows', 'people', 'messages'])

function FactText({ fact }: { fact: Fact }) {
  const { t } = useTranslation()
  const text = t(`editor.facts.${fact.word}`, { count: fact.count })
  return strong.has(fact.word) ? <b>{text}</b> : <>{text}</>
}
