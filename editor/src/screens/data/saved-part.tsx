import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconPencil, IconSearch, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedObject } from '#schemas/saved-object.ts'
import { deleteObject, restoreObject, savedObjectsQuery } from '#editor/api/saved-objects.ts'
import { KeepDialog } from '#editor/saved/keep-dialog.tsx'
import { matches } from '#editor/saved/matches.ts'
import { SavedLine } from '#editor/saved/saved-line.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import saved from '#editor/saved/saved.module.css'
import styles from './data.module.css'

/** So many are read without a search. */
const FEW = 6

/** Queries and mappings that are kept: looked through, put in order, deleted. */
export function SavedPart() {
  const { t } = useTranslation()
  const query = useQuery(savedObjectsQuery)
  const [search, setSearch] = useState('')
  const [changing, setChanging] = useState<SavedObject | null>(null)
  const removal = useRemoval()
  const all = query.data?.items ?? []
  return (
    <section className={styles.part} aria-labelledby="saved">
      <header className={styles.partHead}>
        <h2 id="saved">{t('saved.title')}</h2>
        <p>{t('saved.text')}</p>
        {all.length > FEW && (
          <TextInput
            ml="auto"
            size="xs"
            leftSection={<IconSearch size={14} aria-hidden />}
            aria-label={t('saved.search')}
            placeholder={t('saved.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </header>
      {removal.removed !== null && (
        <p className={styles.undo} role="status">
          {t('saved.removed', { name: removal.removed.name })}
          <Button variant="subtle" size="compact-sm" loading={removal.restoring} onClick={removal.restore}>
            {t('saved.restore')}
          </Button>
        </p>
      )}
      <QueryState query={query} skeleton={<Skeleton height={110} radius={14} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.nothing}>{t('saved.none')}</p>
          ) : (
            <ul className={saved.list} aria-labelledby="saved">
              {items
                .filter((one) => matches(one, search))
                .map((one) => (
                  <li key={one.id}>
                    <SavedLine
                      saved={one}
                      columns={null}
                      action={<Acts saved={one} onChange={() => setChanging(one)} onRemove={() => removal.remove(one)} />}
                    />
                  </li>
                ))}
            </ul>
          )
        }
      </QueryState>
      <KeepDialog
        opened={changing !== null}
        kept={changing}
        make={null}
        name={changing?.name ?? ''}
        onClose={() => setChanging(null)}
      />
    </section>
  )
}

function Acts({ saved: { name }, onChange, onRemove }: { saved: SavedObject; onChange: () => void; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPencil size={14} aria-hidden />}
        aria-label={t('saved.changeOne', { name })}
        onClick={onChange}
      >
        {t('saved.change')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconTrash size={14} aria-hidden />}
        aria-label={t('saved.removeOne', { name })}
        onClick={onRemove}
      >
        {t('saved.remove')}
      </Button>
    </>
  )
}

/** Deleting takes no question: the last one can be brought back in one click. */
function useRemoval() {
  const client = useQueryClient()
  const [removed, setRemoved] = useState<SavedObject | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: ['saved-objects'] })
  const removal = useMutation({
    mutationFn: (one: SavedObject) => deleteObject(one.id),
    onSuccess: async (_answer, one) => {
      setRemoved(one)
      await refresh()
    },
    onError: (error) => toastError(error),
  })
  const restoring = useMutation({
    mutationFn: (one: SavedObject) => restoreObject(one.id),
    onSuccess: async () => {
      setRemoved(null)
      await refresh()
    },
    onError: (error) => toastError(error),
  })
  return {
    removed,
    restoring: restoring.isPending,
    remove: (one: SavedObject) => removal.mutate(one),
    restore: () => removed !== null && restoring.mutate(removed),
  }
}
