import { Skeleton } from '@mantine/core'
import styles from './workflow-table.module.css'

const ROWS = [0, 1, 2]

/** The table that comes, without its words: nothing jumps when they are there. */
export function ListSkeleton() {
  return (
    <div className={styles.card}>
      <div className={styles.waitingHead}>
        <Skeleton height={12} width={64} />
      </div>
      {ROWS.map((row) => (
        <div key={row} className={styles.waiting}>
          <Skeleton height={16} width={130} />
          <span className={styles.waitingFlow}>
            {[0, 1, 2, 3, 4].map((step) => (
              <Skeleton key={step} height={26} width={26} radius={7} />
            ))}
          </span>
          <Skeleton height={22} width={56} radius={11} />
          <Skeleton height={14} width={96} />
          <Skeleton height={14} width={120} />
          <Skeleton height={28} width={64} />
        </div>
      ))}
    </div>
  )
}
