import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import type { RunFrame } from '#schemas/frames.ts'
import type { Run } from '#schemas/run.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { latePart } from '#editor/parts/late-part.tsx'
import { SplitPane } from '#editor/parts/split-pane.tsx'
import { LiveSide } from './live-side.tsx'
import { isSent } from './run-facts.ts'
import { documentOf, summariesOf } from './run-graph.ts'
import type { RunPlace } from './run-search.ts'
import { SpeedChart } from './speed-chart.tsx'
import styles from './flow-view.module.css'

// The picture needs React Flow: who only looks at people does not load it.
const RunCanvas = latePart(
  async () => (await import('#editor/canvas/run-canvas.tsx')).RunCanvas,
  <Skeleton height="100%" radius={0} />,
)

interface FlowViewProps {
  readonly run: Run
  readonly types: NodeTypeIndex
  readonly frame: RunFrame | null
  readonly place: RunPlace
}

/** The graph with what goes through it, the speed over time, and who waits. */
export function FlowView({ run, types, frame, place }: FlowViewProps) {
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const { document: graph, summaries: texts } = run
  const document = useMemo(() => documentOf({ document: graph }), [graph])
  const summaries = useMemo(() => summariesOf({ summaries: texts }), [texts])
  const side = <LiveSide run={run} recent={frame?.recent ?? []} place={place} />
  const series = frame?.series ?? []
  const picture = (
    <div className={styles.picture}>
      <div className={styles.canvas}>
        {document !== null && (
          <RunCanvas
            document={document}
            types={types}
            summaries={summaries}
            nodes={run.nodes}
            toSend={run.toSend}
            running={!isSent(run.state)}
          />
        )}
      </div>
      {series.length > 1 && (
        <div className={styles.chart}>
          <SpeedChart series={series} />
        </div>
      )}
    </div>
  )
  if (narrow) {
    return (
      <>
        <div className={styles.side}>{side}</div>
        {picture}
      </>
    )
  }
  return (
    <SplitPane name="run-live" side={side} initial={340} least={280} most={520}>
      {picture}
    </SplitPane>
  )
}
