import { type Node, type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import { memo, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { FactText } from './fact-text.tsx'
import { shownInputs, shownOutputs } from './shown-ports.ts'
import { StepCard } from './step-card.tsx'
import { useView } from './session-context.ts'
import { usePinned } from './use-pinned.ts'
import { useStep } from './use-step.ts'

/** While a card is dragged only its place changes, which is not drawn here. */
const sameCard = (one: NodeProps<Node>, other: NodeProps<Node>) => one.id === other.id && one.selected === other.selected

/** One step of the draft as a card. */
export const EditorStep = memo(function EditorStep({ id, selected }: NodeProps<Node>) {
  const language = useLanguage()
  const { t } = useTranslation()
  const step = useStep(id)
  const last = useView((state) => state.until === id)
  const pinned = usePinned(id)
  const { type, facts, used, node } = step ?? {}
  const config = node?.config
  const outputs = useMemo(
    () => shownOutputs(type, { language, connected: used?.out ?? [], counts: null, config: config ?? {} }),
    [type, language, used, config],
  )
  const inputs = useMemo(() => shownInputs(type, used?.in ?? []), [type, used])
  const foot = useMemo(() => facts?.map((fact) => <FactText key={fact.word} fact={fact} />) ?? [], [facts])

  usePlacesOf(id, type?.ports.outFrom === undefined ? null : outputs.map(({ name }) => name).join('\n'))

  if (step === null) return null
  return (
    <StepCard
      id={id}
      role={type?.role ?? 'transform'}
      icon={type?.icon ?? 'puzzle'}
      title={step.title}
      line={step.line}
      foot={foot}
      inputs={inputs}
      outputs={outputs}
      problems={step.problems}
      selected={selected}
      progress={null}
      flag={[last ? t('editor.canvas.until') : null, pinned].filter((said) => said !== null).join(' · ')}
      editable
    />
  )
}, sameCard)

/** Ways that change places leave the card as high as it was: nothing else would tell React Flow where their lines begin now. */
function usePlacesOf(id: string, ways: string | null): void {
  const update = useUpdateNodeInternals()
  useEffect(() => {
    if (ways !== null) update(id)
  }, [id, ways, update])
}
