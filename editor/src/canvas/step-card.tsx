import { IconArrowRight } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { Tile } from '#editor/parts/tile.tsx'
import type { NodeRole } from '#schemas/node.ts'
import { PortHandle } from './port-handle.tsx'
import { ProblemBadge } from './problem-badge.tsx'
import styles from './step-card.module.css'

/** An output that has a line of its own on the card. */
export interface NamedPort {
  readonly name: string
  readonly title: string
  /** The way of those whom it did not work for: drawn in the warning colour. */
  readonly side: boolean
  /** Rows that went through, while running. */
  readonly count: string | null
}

export interface StepCardProps {
  readonly id: string
  readonly role: NodeRole
  readonly icon: string
  readonly title: string
  /** One line in the user's words; left out where it only repeats the title. */
  readonly line: string
  /** Figures at the foot: left (counts) and right. */
  readonly foot: readonly ReactNode[]
  readonly inputs: readonly string[]
  /** Outputs: one without a name, or several named ones. */
  readonly outputs: readonly NamedPort[]
  readonly problems: { readonly count: number; readonly worst: 'error' | 'warning' } | null
  readonly selected: boolean
  /** 0–1: how much of what came in is done; draws the bar at the foot. Null: not running. */
  readonly progress: number | null
  /** Text of its own that the channel brings. */
  readonly chip?: string | null
  /** What is said at its corner: the preview ends here. */
  readonly flag?: string | null
  /** Can lines be drawn here? */
  readonly editable: boolean
}

/** The picture of one step. Knows nothing of stores: the editor and the run page feed it. */
export const StepCard = memo(function StepCard(props: StepCardProps) {
  const named = props.outputs.length > 1
  const only = props.outputs[0]
  return (
    <div className={styles.card} data-role={props.role} data-selected={props.selected} data-problem={props.problems?.worst}>
      {props.flag && <span className={styles.flag}>{props.flag}</span>}
      {props.problems !== null && <ProblemBadge {...props.problems} />}
      <div className={styles.head}>
        {props.inputs.map((name) => (
          <PortHandle key={name} nodeId={props.id} port={name} side="in" editable={props.editable} title={null} />
        ))}
        <Tile role={props.role} icon={props.icon} size={31} />
        <div className={styles.words}>
          <div className={styles.title} title={props.title}>
            {props.title}
          </div>
          {props.line !== props.title && (
            <div className={styles.line} title={props.line}>
              {props.line}
            </div>
          )}
        </div>
        {!named && only !== undefined && (
          <PortHandle nodeId={props.id} port={only.name} side="out" editable={props.editable} title={only.title} />
        )}
      </div>
      {props.chip && (
        <div className={styles.chip}>
          <span>{props.chip}</span>
        </div>
      )}
      {props.foot.length > 0 && (
        <div className={styles.foot}>
          {props.foot.map((part, index) => (
            // The two places of the foot have no other identity than their order.
            <span key={index}>{part}</span>
          ))}
        </div>
      )}
      {named && <NamedPorts {...props} />}
      {props.progress !== null && (
        <div className={styles.bar}>
          <div style={{ width: `${Math.round(props.progress * 100)}%` }} />
        </div>
      )}
    </div>
  )
})

function NamedPorts({ id, outputs, editable }: StepCardProps) {
  return (
    <div className={styles.ports}>
      {outputs.map((port) => (
        <div key={port.name} className={styles.port} data-side={port.side}>
          <span>
            {port.title}
            {port.count !== null && <b>{port.count}</b>}
          </span>
          {port.side && <IconArrowRight size={13} stroke={2} aria-hidden />}
          <PortHandle nodeId={id} port={port.name} side="out" editable={editable} title={port.title} warn={port.side} />
        </div>
      ))}
    </div>
  )
}
