import { ActionIcon } from '@mantine/core'
import { IconArrowsMaximize, IconBoxMultiple } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowGroup } from '#schemas/workflow.ts'
import { PortHandle } from './port-handle.tsx'
import { ProblemBadge } from './problem-badge.tsx'
import styles from './folded-card.module.css'

/** A way over the edge of the group. */
export interface ShownWay {
  readonly name: string
  /** The step that it leads to or from, and the port where the step has several. */
  readonly title: string
  readonly count: string | null
}

type Ways<Item> = { readonly in: readonly Item[]; readonly out: readonly Item[] }

export interface FoldedCardProps {
  readonly id: string
  readonly group: Pick<WorkflowGroup, 'title' | 'color' | 'steps'>
  readonly ways: Ways<ShownWay>
  readonly problems: { readonly count: number; readonly worst: 'error' | 'warning' } | null
  readonly selected: boolean
  /** Null: nothing can be changed here. */
  readonly onUnfold: (() => void) | null
}

/** Pixels of folded-card.module.css, with its borders: the card's place is known before it is drawn. */
const HEAD = 54
const WAY = 26
const WAYS = 9

/** Where there is one way it is at the head, as that of a step; several have a row each. */
const rowsOf = <Item,>({ in: into, out }: Ways<Item>): Ways<Item> => ({
  in: into.length > 1 ? into : [],
  out: out.length > 1 ? out : [],
})

export function foldedHeight(ways: Ways<unknown>): number {
  const rows = rowsOf(ways)
  const count = Math.max(rows.in.length, rows.out.length)
  return HEAD + (count === 0 ? 0 : WAYS + count * WAY)
}

/** The picture of a folded group. Knows nothing of stores: the editor and the run page feed it. */
export const FoldedCard = memo(function FoldedCard(props: FoldedCardProps) {
  const { t } = useTranslation()
  const { group, ways, onUnfold, problems } = props
  const title = group.title.trim() === '' ? t('marks.noTitle') : group.title
  const rows = rowsOf(ways)
  const numbers = Array.from({ length: Math.max(rows.in.length, rows.out.length) }, (_, row) => row)
  const [into, out] = [ways.in.length === 1 ? ways.in[0] : undefined, ways.out.length === 1 ? ways.out[0] : undefined]
  const [came, went] = [into?.count ?? null, out?.count ?? null]
  return (
    <div className={styles.card} data-color={group.color ?? 'gray'} data-selected={props.selected} data-problem={problems?.worst}>
      {problems !== null && <ProblemBadge {...problems} />}
      <div className={styles.head}>
        {into !== undefined && <WayHandle id={props.id} side="in" way={into} />}
        {out !== undefined && <WayHandle id={props.id} side="out" way={out} />}
        <IconBoxMultiple size={22} aria-hidden />
        <div className={styles.words}>
          <div className={styles.title} title={title}>
            {title}
          </div>
          <div className={styles.line}>
            {t('marks.steps', { count: group.steps.length })}
            {(came ?? went) !== null && <b>{`${came ?? ''} → ${went ?? ''}`.trim()}</b>}
          </div>
        </div>
        {onUnfold !== null && (
          <ActionIcon
            className="nodrag"
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('marks.unfold')}
            onClick={onUnfold}
          >
            <IconArrowsMaximize size={15} />
          </ActionIcon>
        )}
      </div>
      {numbers.length > 0 && (
        <div className={styles.ways}>
          {numbers.map((row) => (
            <div key={row} className={styles.way}>
              {rows.in.length > 0 && <Way id={props.id} side="in" way={rows.in[row]} />}
              {rows.out.length > 0 && <Way id={props.id} side="out" way={rows.out[row]} />}
            </div>
          ))}
        </div>
      )}
    </div>
  )
})

function Way({ id, side, way }: { id: string; side: 'in' | 'out'; way: ShownWay | undefined }) {
  if (way === undefined) return <span />
  return (
    <span data-side={side} title={way.title}>
      <WayHandle id={id} side={side} way={way} />
      <span>{way.title}</span>
      {way.count !== null && <b>{way.count}</b>}
    </span>
  )
}

function WayHandle({ id, side, way }: { id: string; side: 'in' | 'out'; way: ShownWay }) {
  return <PortHandle nodeId={id} port={way.name} side={side} editable={false} title={way.title} />
}
