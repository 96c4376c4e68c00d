import { Skeleton } from '@mantine/core'
import styles from './folded-flow.module.css'

/** Three cards and the phone beside them, before there is anything in them. */
export function FoldSkeleton() {
  return (
    <div className={styles.screen} data-waiting>
      <div className={styles.main}>
        <Skeleton height={30} width={220} mb={10} />
        <Skeleton height={14} width={420} maw="100%" mb={22} />
        <div className={styles.cards}>
          {[0, 1, 2].map((card) => (
            <div key={card} className={styles.waitingCard} />
          ))}
        </div>
        <Skeleton height={42} width={150} radius={8} mt={18} />
      </div>
      <div className={styles.side}>
        <Skeleton height={22} width={120} mb={16} />
        <Skeleton height="100%" radius={24} />
      </div>
    </div>
  )
}
