import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { worstOf } from '#editor/model/folded-groups.ts'
import { type Fact, factsOf } from '#editor/model/facts.ts'
import { nodeById, readPorts, usedPorts, type UsedPorts } from '#editor/model/graph-index.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useChecks, useDocument, useSession } from './session-context.ts'

/** What is told of a step, on its card or in the list. */
export interface ShownStep {
  readonly node: WorkflowNode
  readonly type: NodeDescriptor | undefined
  readonly title: string
  /** One line in the user's words; empty where it would only repeat the title. */
  readonly line: string
  readonly facts: readonly Fact[]
  readonly problems: { readonly count: number; readonly worst: 'error' | 'warning' } | null
  readonly used: UsedPorts
}

const none: readonly Problem[] = []

/** Subscribes to one step, its own problems and facts, nothing else; null: it is gone. */
export function useStep(id: string): ShownStep | null {
  const { types } = useSession()
  const language = useLanguage()
  const { t } = useTranslation()
  const node = useDocument((state) => nodeById(state.document, id))
  const usedText = useDocument((state) => usedPorts(state.document, id))
  const used = useMemo(() => readPorts(usedText), [usedText])
  const found = useChecks((state) => state.problemsByNode[id] ?? none)
  const summary = useChecks((state) => state.summaries[id])
  const columns = useChecks((state) => state.columns[id])
  const run = useChecks((state) => state.lastRun?.nodes[id] ?? null)
  const type = typeOfNode(types, node)
  const facts = useMemo((): Fact[] => {
    if (type === undefined) return []
    const firstOut = Object.keys(type.ports.out)[0] ?? ''
    return factsOf({ type, run, columnsOut: columns?.out[firstOut] ?? null })
  }, [type, run, columns])
  const problems = useMemo(() => worstOf(found), [found])
  if (node === undefined) return null
  const named = type === undefined ? t('editor.canvas.unknownType') : ''
  const typeName = type?.title[language] ?? node.type
  const line = summary?.[language] ?? (node.label === undefined ? named : typeName)
  return { node, type, title: labelOf(node, types, language), line, facts, problems, used }
}
