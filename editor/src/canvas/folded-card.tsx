import { ActionIcon } from '@mantine/core'
import { IconArrowsMaximize, IconBoxMultiple } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MarkColor } from '#schemas/workflow.ts'
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
  readonly title: string
  readonly color: MarkColor
  readonly steps: number
  readonly ways: Ways<ShownWay>
  readonly problems: { readonly count: number; readonly worst: 'error' | 'warning' } | null
  readonly selected: boolean
  /** Null: nothing can be changed here. */
  readonly onUnfold: (() => void) | null
}

/** Pixels of folded-card.module.css, with its borders: the card's place is known before it is drawn. */
export const FOLDED_WIDTH = 248
const HEAD = 54
const WAY = 26
const WAYS = 9

/** Where one line leads in and one out there is nothing to tell apart: they are at the head, as those of a step. */
const isPlain = (ways: Ways<unknown>): boolean => ways.in.length <= 1 && ways.out.length <= 1

export function foldedHeight(ways: Ways<unknown>): number {
  return HEAD + (isPlain(ways) ? 0 : WAYS + Math.max(ways.in.length, ways.out.length) * WAY)
}

/** The picture of a folded group. Knows nothing of stores: the editor and the run page feed it. */
export const FoldedCard = memo(function FoldedCard(props: FoldedCardProps) {
  const { t } = useTranslation()
  const { ways, onUnfold, problems } = props
  const plain = isPlain(ways)
  const rows = Array.from({ length: Math.max(ways.in.length, ways.out.length) }, (_, row) => row)
  const [came, went] = [ways.in[0]?.count ?? null, ways.out[0]?.count ?? null]
  return (
    <div className={styles.card} data-color={props.color} data-selected={props.selected} data-problem={problems?.worst}>
      {problems !== null && <ProblemBadge {...problems} />}
      <div className={styles.head}>
        {plain && ways.in.map((way) => <WayHandle key={way.name} id={props.id} side="in" way={way} />)}
        {plain && ways.out.map((way) => <WayHandle key={way.name} id={props.id} side="out" way={way} />)}
        <IconBoxMultiple size={22} aria-hidden />
        <div className={styles.words}>
          <div className={styles.title} title={props.title}>
            {props.title}
          </div>
          <div className={styles.line}>
            {t('marks.steps', { count: props.steps })}
            {plain && (came ?? went) !== null && <b>{`${came ?? ''} → ${went ?? ''}`.trim()}</b>}
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
      {!plain && (
        <div className={styles.ways}>
          {rows.map((row) => (
            <div key={row} className={styles.way}>
              <Way id={props.id} side="in" way={ways.in[row]} />
              <Way id={props.id} side="out" way={ways.out[row]} />
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
