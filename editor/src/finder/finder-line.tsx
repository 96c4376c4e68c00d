import { useEffect, useRef } from 'react'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { Marked } from '#editor/parts/marked.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { MessageStatePill, RunStatePill } from '#editor/parts/state-pill.tsx'
import type { Entry } from './entries.ts'
import pick from '#editor/parts/pick-list.module.css'
import styles from './finder.module.css'

interface FinderLineProps {
  readonly id: string
  readonly entry: Entry
  readonly marked: boolean
  readonly onMark: () => void
  readonly onChoose: () => void
}

/** One thing that was found. */
export function FinderLine({ id, entry, marked, onMark, onChoose }: FinderLineProps) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (marked) line.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const { icon: Icon, title, match, detail } = entry
  return (
    // The keys are those of the field, which has the focus.
    <div
      ref={line}
      id={id}
      role="option"
      aria-selected={marked}
      className={`${pick.line} ${styles.line}`}
      data-marked={marked}
      onPointerMove={marked ? undefined : onMark}
      onClick={onChoose}
    >
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className={pick.words}>
        <span className={`${pick.title} ${styles.title}`}>
          <Marked text={title} match={match} />
        </span>
        {(detail.text !== undefined || detail.at) && (
          <span className={pick.detail}>
            {detail.text}
            {detail.text !== undefined && detail.at && ' · '}
            {detail.at && <RelativeTime at={detail.at} />}
          </span>
        )}
      </span>
      {detail.runState !== undefined && <RunStatePill state={detail.runState} />}
      {detail.messageState !== undefined && <MessageStatePill state={detail.messageState} />}
      {marked && <KeyHint>Enter</KeyHint>}
    </div>
  )
}
