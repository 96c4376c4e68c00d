import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '#schemas/api/outbox.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { ShortMoment } from './short-moment.tsx'
import styles from './conversation-list.module.css'

interface ConversationListProps {
  readonly items: readonly Conversation[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  /** Called when the last ones come near. Must bear being called while the next page is on its way. */
  readonly onEnd: () => void
}

const HEIGHT = 66

/** People with the last message they got. Arrows go from one to the next. */
export function ConversationList({ items, chosen, onChoose, onEnd }: ConversationListProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  // We build without the React Compiler, which alone would stumble over its functions.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 10,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= items.length - 10) onEnd()
  }, [last, items.length, onEnd])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const at = items.findIndex(({ id }) => id === chosen)
    const to = Math.max(0, Math.min(items.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
    const next = items[to]
    if (next === undefined) return
    onChoose(next.id)
    virtual.scrollToIndex(to)
    // It may only now come into the page.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${to}"] button`)?.focus())
  }
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.list} aria-label={t('outbox.list')} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
        {rows.map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <li
              key={item.id}
              data-place={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ top: start, height: HEIGHT }}
            >
              <Entry item={item} chosen={item.id === chosen} onChoose={() => onChoose(item.id)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Entry({ item, chosen, onChoose }: { item: Conversation; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation()
  const { person, messages } = item
  const last = messages.at(-1)
  const name = person.name ?? t('outbox.unnamed')
  const line = last?.parts?.title ?? last?.parts?.body.split('\n').find((text) => text.trim() !== '')
  return (
    <button type="button" className={styles.entry} aria-current={chosen || undefined} onClick={onChoose}>
      <span className={styles.initial} aria-hidden>
        {[...name.normalize('NFC')][0]}
      </span>
      <span className={styles.who}>
        <b>{name}</b>
        <span>{line ?? <MaskedNumber address={person.address} />}</span>
      </span>
      {last !== undefined && (
        <span className={styles.end}>
          <ShortMoment at={last.at} />
          <MessageStatePill state={last.state} />
        </span>
      )}
    </button>
  )
}
