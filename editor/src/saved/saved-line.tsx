import { ActionIcon } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { favorObject } from '#editor/api/saved-objects.ts'
import { columnsOf, fitOf, mappedBy, statementOf } from '#editor/model/saved.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import type { Column } from '#schemas/column.ts'
import type { SavedObject } from '#schemas/saved-object.ts'
import styles from './saved.module.css'

interface SavedLineProps {
  readonly saved: SavedObject
  /** Columns at the step that it may be taken into; null: it is only looked at. */
  readonly columns: readonly Column[] | null
  readonly action: ReactNode
}

/** One that is kept: what it is called, what is in it, how often it was taken, and whether it fits here. */
export function SavedLine({ saved, columns, action }: SavedLineProps) {
  const { t } = useTranslation()
  const { name, kind, description, category, tags, usageCount, lastUsedAt } = saved
  return (
    <article className={styles.line} aria-label={name}>
      <header>
        <Star saved={saved} />
        <div>
          <b>{name}</b>
          <p className={styles.facts}>
            <span>{t(`saved.kind.${kind}`)}</span>
            {category !== '' && <span>{category}</span>}
            {tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
            <span>{usageCount === 0 ? t('saved.unused') : t('saved.used', { count: usageCount })}</span>
            {lastUsedAt !== null && <RelativeTime at={lastUsedAt} />}
          </p>
        </div>
        {action}
      </header>
      {description !== '' && <p className={styles.about}>{description}</p>}
      <Content saved={saved} columns={columns} />
    </article>
  )
}

function Content({ saved, columns }: Pick<SavedLineProps, 'saved' | 'columns'>) {
  const { t } = useTranslation()
  const statement = statementOf(saved)
  if (saved.kind === 'mapping-template' || saved.kind === 'variable-mapping') {
    const { fits, of } = fitOf(saved, columns ?? [])
    return (
      <>
        <ul className={styles.pairs}>
          {mappedBy(saved).map(({ variable, column }) => (
            <li key={variable}>
              {variable} ← <code>{column}</code>
            </li>
          ))}
        </ul>
        {columns !== null && columns.length > 0 && (
          <p className={styles.fit} data-all={fits === of}>
            {t('saved.fit', { fits, count: of })}
          </p>
        )}
      </>
    )
  }
  const names = columnsOf(saved)
  return (
    <>
      {names.length > 0 && <p className={styles.about}>{t('saved.columns', { columns: names.join(', ') })}</p>}
      {statement !== null && <pre className={styles.sql}>{statement}</pre>}
    </>
  )
}

/** A favourite of one's own stands first. */
function Star({ saved: { id, name, favorite } }: { saved: SavedObject }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const favor = useMutation({
    mutationFn: () => favorObject(id, !favorite),
    onSuccess: () => client.invalidateQueries({ queryKey: ['saved-objects'] }),
    onError: (error) => toastError(error),
  })
  return (
    <ActionIcon
      variant="subtle"
      color={favorite ? 'yellow' : 'gray'}
      size={28}
      aria-pressed={favorite}
      aria-label={t('saved.favorite', { name })}
      loading={favor.isPending}
      onClick={() => favor.mutate()}
    >
      {favorite ? <IconStarFilled size={16} /> : <IconStar size={16} />}
    </ActionIcon>
  )
}
