import { createElement } from 'react'
import type { NodeRole } from '#schemas/node.ts'
import { nodeIcon } from './node-icons.ts'
import styles from './tile.module.css'

interface TileProps {
  readonly role: NodeRole
  /** The node type's `icon`; an unknown name shows a puzzle piece. */
  readonly icon: string
  /** Width and height in px. */
  readonly size: number
}

/** The tinted tile of a step. The colour says the role, the icon the kind; the words stand beside it, so it is hidden from readers. */
export function Tile({ role, icon, size }: TileProps) {
  return (
    <span
      className={styles.tile}
      data-role={role}
      style={{ width: size, height: size, borderRadius: Math.round(size / 4) }}
      aria-hidden
    >
      {createElement(nodeIcon(icon), { size: Math.round(size * 0.58), stroke: 1.8 })}
    </span>
  )
}
