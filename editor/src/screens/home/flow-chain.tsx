import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { Tile } from '#editor/parts/tile.tsx'
import styles from './flow-chain.module.css'

/** Longer flows end in "+3". */
const SHOWN = 9

/** The steps of a workflow as a chain of icons; the names for those who do not see it. */
export function FlowChain({ chain }: { chain: WorkflowItem['chain'] }) {
  // A picture of nothing has no name, and a reader would announce it all the same.
  if (chain.length === 0) return null
  const shown = chain.slice(0, chain.length > SHOWN ? SHOWN - 1 : SHOWN)
  const names = chain.map(({ label, type }) => (label === '' ? type : label)).join(' → ')
  return (
    <span className={styles.chain} role="img" aria-label={names} title={names}>
      {shown.map(({ role, icon }, place) => (
        <span key={place} className={styles.step}>
          <Tile role={role} icon={icon} size={26} />
        </span>
      ))}
      {chain.length > shown.length && <span className={styles.more}>+{chain.length - shown.length}</span>}
    </span>
  )
}
