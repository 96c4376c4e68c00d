import { Button, Modal, Skeleton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { savedObjectsQuery, countUse } from '#editor/api/saved-objects.ts'
import { canTake } from '#editor/model/saved.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { useOneStepBehind } from '#editor/parts/use-one-step-behind.ts'
import type { Column } from '#schemas/column.ts'
import type { SavedObject } from '#schemas/saved-object.ts'
import { matches } from './matches.ts'
import { SavedLine } from './saved-line.tsx'
import styles from './saved.module.css'

interface TakeDialogProps {
  readonly opened: boolean
  /** Of the step that it is taken into. */
  readonly type: string
  /** Columns that come into the step. */
  readonly columns: readonly Column[]
  readonly onTake: (saved: SavedObject) => void
  readonly onClose: () => void
}

/** What is kept and fits this step: searched, looked at, taken. One step back undoes it. */
export function TakeDialog({ opened, type, columns, onTake, onClose }: TakeDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({ ...savedObjectsQuery, enabled: opened })
  const [search, setSearch] = useState('')
  const fitting = (query.data?.items ?? []).filter((saved) => canTake(saved, type))
  const found = fitting.filter((saved) => matches(saved, search))
  const take = (saved: SavedObject) => {
    onTake(saved)
    toastDone(t('saved.take.done', { name: saved.name }))
    onClose()
    // That it was taken is counted; the step has it whether or not the count arrives.
    void countUse(saved.id)
      .catch(() => null)
      .then(() => client.invalidateQueries({ queryKey: ['saved-objects'] }))
  }
  return (
    <Modal opened={useOneStepBehind(opened)} onClose={onClose} title={<b>{t('saved.take.title')}</b>} size="lg">
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        aria-label={t('saved.search')}
        placeholder={t('saved.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {query.error !== null && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} radius={10} mt={12} />}
      {query.data !== undefined && found.length === 0 && (
        <p className={styles.none}>{t(fitting.length === 0 ? 'saved.take.none' : 'saved.notFound')}</p>
      )}
      <ul className={styles.list} aria-label={t('saved.take.title')}>
        {found.map((saved) => (
          <li key={saved.id}>
            <SavedLine
              saved={saved}
              columns={columns}
              action={
                <Button size="xs" aria-label={t('saved.take.one', { name: saved.name })} onClick={() => take(saved)}>
                  {t('saved.take.action')}
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </Modal>
  )
}
