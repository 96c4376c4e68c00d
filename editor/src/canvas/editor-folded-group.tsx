import { type Node, type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import { memo, useEffect, useMemo } from 'react'
import { worstOf } from '#editor/model/folded-groups.ts'
import { readMark } from '#editor/model/marks.ts'
import { foldGroup } from '#editor/model/session-marks.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { WorkflowGroup } from '#schemas/workflow.ts'
import { FoldedCard } from './folded-card.tsx'
import { useChecks, useDocument, useSession } from './session-context.ts'
import { shownWays } from './shown-ways.ts'

/** A group of the draft that is folded to one card. */
export const EditorFoldedGroup = memo(function EditorFoldedGroup({ id, selected }: NodeProps<Node>) {
  const groupId = readMark(id)?.id
  const group = useDocument((state) => state.document.groups?.find((one) => one.id === groupId))
  return group === undefined ? null : <Folded id={id} group={group} selected={selected} />
})

function Folded({ id, group, selected }: { id: string; group: WorkflowGroup; selected: boolean }) {
  const language = useLanguage()
  const session = useSession()
  const { types } = session
  const nodes = useDocument((state) => state.document.nodes)
  const edges = useDocument((state) => state.document.edges)
  const run = useChecks((state) => state.lastRun?.nodes ?? null)
  const problems = useChecks((state) => state.problemsByNode)
  const ways = useMemo(
    () => shownWays(group, { document: { nodes, edges }, types, language, nodes: run }),
    [group, nodes, edges, types, language, run],
  )
  const found = useMemo(() => worstOf(group.steps.flatMap((step) => problems[step] ?? [])), [group, problems])
  const update = useUpdateNodeInternals()
  const ports = [...ways.in, ...ways.out].map(({ name }) => name).join('\n')
  // Lines that come and go change where the others begin.
  useEffect(() => update(id), [id, ports, update])
  return (
    // Before a drag begins: what else was selected must not come along.
    <div
      onPointerDown={() => session.document.getState().select([], [], [id])}
      onDoubleClick={() => foldGroup(session, group.id, false)}
    >
      <FoldedCard
        id={id}
        group={group}
        ways={ways}
        problems={found}
        selected={selected}
        onUnfold={() => foldGroup(session, group.id, false)}
      />
    </div>
  )
}
