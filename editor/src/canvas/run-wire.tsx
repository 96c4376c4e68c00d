import type { Edge, EdgeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { useLanguage } from '#editor/words/use-language.ts'
import { useRunView } from './run-view.ts'
import { Wire, endsOf } from './wire.tsx'

/** A line of a run: how many rows went along it. */
export const RunWire = memo(function RunWire(props: EdgeProps<Edge>) {
  const view = useRunView()
  const language = useLanguage()
  const port = props.sourceHandleId ?? ''
  const rows = view.nodes[props.source]?.out[port] ?? null
  const side = port === 'undelivered' || port === 'failed'
  const several =
    Object.keys(view.types.get(view.document.nodes.find(({ id }) => id === props.source)?.type ?? '')?.ports.out ?? {}).length > 2
  const look = useMemo(
    () => ({
      // A named port has its count on the card already.
      label: rows === null || rows === 0 || several ? null : new Intl.NumberFormat(language).format(rows),
      tone: side ? ('side' as const) : rows !== null && rows > 0 ? ('live' as const) : ('plain' as const),
      selected: false,
    }),
    [rows, side, several, language],
  )
  return <Wire id={props.id} ends={endsOf(props)} look={look} />
})
