import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { isComposing } from '#editor/parts/composition-guard.ts'
import styles from './name-edit.module.css'

interface NameEditProps {
  /** What is named, for who does not see where it stands. */
  readonly label: string
  /** What is shown: said by somebody, or proposed. */
  readonly shown: string
  /** What somebody said; null: it is proposed. */
  readonly said: string | null
  readonly maxLength?: number
  /** Empty: what is proposed stands again. */
  readonly onChange: (name: string) => void
}

/** A name that is a field once it is pressed. Enter and leaving keep it, Escape does not. */
export function NameEdit({ label, shown, said, maxLength = 200, onChange }: NameEditProps) {
  const [draft, setDraft] = useState<string | null>(null)
  if (draft === null) {
    return (
      <button
        type="button"
        className={styles.name}
        data-said={said !== null || undefined}
        aria-label={`${label}: ${shown}`}
        onClick={() => setDraft(said ?? shown)}
      >
        {shown}
        <IconPencil size={14} aria-hidden />
      </button>
    )
  }
  const keep = () => {
    setDraft(null)
    const name = draft.trim()
    if (name !== (said ?? '') && !(said === null && name === shown)) onChange(name)
  }
  return (
    <input
      className={styles.field}
      aria-label={label}
      autoFocus
      maxLength={maxLength}
      value={draft}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') keep()
        else if (event.key === 'Escape') setDraft(null)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
