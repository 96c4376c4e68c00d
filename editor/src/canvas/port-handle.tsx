import { Handle, Position } from '@xyflow/react'
import styles from './port-handle.module.css'

export interface PortHandleProps {
  readonly nodeId: string
  readonly port: string
  readonly side: 'in' | 'out'
  readonly editable: boolean
  readonly title: string | null
  readonly warn?: boolean
}

/** The ring that lines are drawn from and to. While a line is being drawn, `data-fits` (set by the canvas) shows where it may end. */
export function PortHandle({ port, side, editable, title, warn }: PortHandleProps) {
  return (
    <Handle
      id={port}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      isConnectable={editable}
      className={styles.port}
      data-warn={warn ?? false}
      {...(title === null ? {} : { title })}
    />
  )
}
