import { Skeleton } from '@mantine/core'
import styles from './editor-screen.module.css'

/** Some cards on their way. */
export function GraphSkeleton() {
  return (
    <div className={styles.loadingCards}>
      {[0, 1, 2, 3].map((card) => (
        <Skeleton key={card} width={172} height={80} radius={12} />
      ))}
    </div>
  )
}
