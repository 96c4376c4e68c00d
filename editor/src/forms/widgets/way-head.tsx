import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { errorText, useMessages } from '../form-context.ts'
import { useTextDraft } from '../use-text-draft.ts'
import type { NamedWay } from './named-ways.ts'
import styles from './ways.module.css'

interface WayHeadProps {
  readonly way: NamedWay
  readonly path: string
  readonly at: number
  readonly count: number
  readonly onName: (name: string) => void
  /** Where the order counts. */
  readonly onMove?: (by: -1 | 1) => void
  /** Null: so few must stay. */
  readonly onRemove: (() => void) | null
  readonly children?: React.ReactNode
}

/** The name of a way out, and what can be done with it. */
export function WayHead({ way, path, at, count, onName, onMove, onRemove, children }: WayHeadProps) {
  const { t } = useTranslation()
  const draft = useTextDraft(way.name, onName)
  const error = errorText(useMessages(`${path}/name`))
  const number = { number: at + 1 }
  return (
    <div className={styles.head} data-field={`${path}/name`}>
      <span className={styles.mark} data-way={at % 8} aria-hidden>
        {at + 1}
      </span>
      <TextInput
        className={styles.name ?? ''}
        size="xs"
        aria-label={t('forms.ways.name', number)}
        placeholder={t('forms.ways.namePlaceholder')}
        maxLength={40}
        error={error}
        spellCheck={false}
        {...draft.props}
      />
      {children}
      {onMove !== undefined && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('forms.ways.up', number)}
            disabled={at === 0}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={15} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('forms.ways.down', number)}
            disabled={at === count - 1}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={15} />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={t('forms.ways.remove', number)}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  )
}
