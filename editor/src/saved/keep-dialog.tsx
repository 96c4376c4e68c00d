import { Autocomplete, Button, Group, Modal, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeObject, keepObject, savedObjectsQuery } from '#editor/api/saved-objects.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { useOneStepBehind } from '#editor/parts/use-one-step-behind.ts'
import type { SavedKind, SavedObject } from '#schemas/saved-object.ts'

interface KeepDialogProps {
  readonly opened: boolean
  /** The one that is changed; null: a new one is kept. */
  readonly kept: SavedObject | null
  /** What is kept, asked for when it is. */
  readonly make: (() => { kind: SavedKind; body: Record<string, unknown> }) | null
  /** What it is called until somebody says otherwise. */
  readonly name: string
  readonly onClose: () => void
}

/** Name, order and tags of something that is used again. */
export function KeepDialog({ opened, onClose, ...props }: KeepDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={useOneStepBehind(opened)}
      onClose={onClose}
      title={<b>{t(props.kept === null ? 'saved.keep.title' : 'saved.keep.change')}</b>}
    >
      <KeepForm onClose={onClose} {...props} />
    </Modal>
  )
}

/** Lives as long as the dialog is open, so that it begins anew each time. */
function KeepForm({ kept, make, name, onClose }: Omit<KeepDialogProps, 'opened'>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const known = useQuery(savedObjectsQuery).data?.items ?? []
  const [about, setAbout] = useState({
    name: kept?.name ?? name,
    category: kept?.category ?? '',
    tags: kept?.tags ?? [],
    description: kept?.description ?? '',
  })
  const set = (part: Partial<typeof about>) => setAbout((old) => ({ ...old, ...part }))
  const save = useMutation({
    mutationFn: async () => {
      if (kept !== null) return changeObject(kept.id, { revision: kept.revision, ...about })
      if (make === null) return null
      return keepObject({ ...make(), ...about })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['saved-objects'] })
      toastDone(t('saved.keep.done', { name: about.name }))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (about.name.trim() !== '') save.mutate()
  }
  const categories = [...new Set(known.map(({ category }) => category).filter((one) => one !== ''))]
  const tags = [...new Set(known.flatMap((one) => one.tags))]
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
      {save.error !== null && <ErrorNote error={save.error} />}
      <TextInput
        data-autofocus
        required
        maxLength={200}
        label={t('saved.keep.name')}
        value={about.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Autocomplete
        maxLength={100}
        label={t('saved.keep.category')}
        placeholder={t('saved.keep.categoryHint')}
        data={categories}
        value={about.category}
        onChange={(category) => set({ category })}
      />
      <TagsInput
        maxTags={20}
        label={t('saved.keep.tags')}
        description={t('saved.keep.tagsHint')}
        data={tags}
        value={about.tags}
        onChange={(next) => set({ tags: next })}
      />
      <Textarea
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        label={t('saved.keep.description')}
        value={about.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('parts.confirm.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={about.name.trim() === ''}>
          {t('saved.keep.action')}
        </Button>
      </Group>
    </form>
  )
}
