import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import type { LineEnds } from '#editor/model/lines.ts'
import { STUB_HALF, wirePath } from './wire-path.ts'
import styles from './wire.module.css'

export interface WireLook {
  /** Said at the line: columns while editing, rows while running. */
  readonly label: string | null
  readonly tone: 'plain' | 'side' | 'live' | 'bad' | 'target'
  readonly selected: boolean
  /** What stands at its middle while pointed at (the + button). */
  readonly action?: ReactNode
}

interface WireProps {
  readonly id: string
  readonly ends: LineEnds
  readonly look: WireLook
  /** Where it bends (`turnOf`). */
  readonly turn: number | null
}

/** A line, in the look that the editor or the run page decides. Long flows wrap: two stubs instead of a line across the picture. */
export const Wire = memo(function Wire({ id, ends, look, turn }: WireProps) {
  const path = wirePath(ends, turn)
  const marks = { 'data-tone': look.tone, 'data-selected': look.selected }
  if (path.kind === 'wrap') {
    return (
      <g className={styles.wire} {...marks}>
        <path className={styles.hit} d={path.out} />
        <path className={styles.line} d={path.out} />
        <Stub at={path.outAt} sign="M 4,-4 V 0 A 2,2 0 0 1 2,2 H -4 M -1.5,-0.8 L -4.3,2 L -1.5,4.8" />
        <path className={styles.hit} d={path.in} />
        <path className={styles.line} d={path.in} />
        <Stub at={path.inAt} sign="M -5,0 H 5 M 1.5,-3.5 L 5,0 L 1.5,3.5" />
        {look.action !== undefined && <At point={path.outAt}>{look.action}</At>}
      </g>
    )
  }
  return (
    <g className={styles.wire} {...marks}>
      <BaseEdge id={id} path={path.path} className={styles.line ?? ''} interactionWidth={22} />
      {look.label !== null && isLevel(ends) && (
        <At point={[path.middle[0], path.middle[1]]}>
          <span className={styles.label} data-tone={look.tone}>
            {look.label}
          </span>
        </At>
      )}
      {look.action !== undefined && <At point={path.middle}>{look.action}</At>}
    </g>
  )
})

/** Beside a line that bends there is no quiet place for words. */
function isLevel(ends: LineEnds): boolean {
  return Math.abs(ends.targetY - ends.sourceY) < 14
}

function Stub({ at, sign }: { at: readonly [number, number]; sign: string }) {
  return (
    <g transform={`translate(${at[0]},${at[1]})`} className={styles.stub}>
      <rect x={-STUB_HALF} y={-11.5} width={STUB_HALF * 2} height={23} rx={11.5} />
      <path d={sign} />
    </g>
  )
}

/** HTML at a point of the canvas. */
function At({ point, children }: { point: readonly [number, number]; children: ReactNode }) {
  return (
    <EdgeLabelRenderer>
      <div className={styles.at} style={{ transform: `translate(${point[0]}px, ${point[1]}px) translate(-50%, -50%)` }}>
        {children}
      </div>
    </EdgeLabelRenderer>
  )
}

/** The ends that React Flow hands to an edge. */
export function endsOf(props: EdgeProps<Edge>): LineEnds {
  return { sourceX: props.sourceX, sourceY: props.sourceY, targetX: props.targetX, targetY: props.targetY }
}
