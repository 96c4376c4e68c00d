import type { Edge, EdgeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { realEnd } from '#editor/model/folded-groups.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import { turnOf } from '#editor/model/line-turns.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { type RunView, useRunView } from './run-view.ts'
import { Wire, endsOf } from './wire.tsx'

/** A line of a run: how many rows went along it. */
export const RunWire = memo(function RunWire(props: EdgeProps<Edge>) {
  const { nodeId: source, port } = realEnd(props.source, props.sourceHandleId ?? '')
  const folded = source !== props.source
  const language = useLanguage()
  const rows = useRunView((view) => view.nodes[source]?.out[port] ?? null)
  const several = useRunView((view) => countOfOutputs(view, source) > 2)
  const turn = useRunView((view) => turnOf(view, { source, port }))
  const side = port === 'undelivered' || port === 'failed'
  const look = useMemo(
    () => ({
      // A named port has its count on the card already, and so has a folded group.
      label: rows === null || rows === 0 || several || folded ? null : new Intl.NumberFormat(language).format(rows),
      tone: side ? ('side' as const) : rows !== null && rows > 0 ? ('live' as const) : ('plain' as const),
      selected: false,
    }),
    [rows, side, several, folded, language],
  )
  return <Wire id={props.id} ends={endsOf(props)} look={look} turn={turn} />
})

function countOfOutputs({ document, types }: RunView, id: string): number {
  return Object.keys(typeOfNode(types, nodeById(document, id))?.ports.out ?? {}).length
}
