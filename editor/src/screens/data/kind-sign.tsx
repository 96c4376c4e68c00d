import { createElement } from 'react'
import type { ConnectionKind } from '#schemas/connection.ts'
import { lookOf } from './kind-look.ts'
import styles from './data.module.css'

/** The tinted tile of a kind of connection. */
export function KindSign({ kind, role, size = 34 }: Pick<ConnectionKind, 'kind' | 'role'> & { size?: number }) {
  const { icon, tone } = lookOf({ kind, role })
  return (
    <span className={styles.sign} data-tone={tone} style={{ width: size, height: size }} aria-hidden>
      {createElement(icon, { size: Math.round(size * 0.56), stroke: 1.8 })}
    </span>
  )
}
