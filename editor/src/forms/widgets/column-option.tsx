import type { Column } from '#schemas/column.ts'
import styles from '../forms.module.css'

/** A column in a list: friendly name, technical name, type. */
export function ColumnOption({ column }: { column: Pick<Column, 'name'> & Partial<Column> }) {
  return (
    <span className={styles.column}>
      <span>{column.label ?? column.name}</span>
      <code>{column.label === undefined || column.label === column.name ? '' : column.name}</code>
      <small>{column.type ?? ''}</small>
    </span>
  )
}
