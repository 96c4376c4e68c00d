import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredList } from '#schemas/list.ts'
import { renameList } from '#editor/api/change-list.ts'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

/** The name of a list, and the way to change it. */
export function ListName({ list: { id, name } }: { list: StoredList }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState(name)
  const wanted = text.trim()
  const rename = useMutation({
    mutationFn: () => renameList(id, wanted),
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries({ queryKey: ['list', id] }), client.invalidateQueries({ queryKey: ['lists'] })])
      toastDone(t('lists.one.renamed'))
    },
    onError: (error) => toastError(error),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== '' && wanted !== name) rename.mutate()
  }
  return (
    <form onSubmit={submit} style={{ display: 'flex', alignItems: 'end', gap: 8 }}>
      <TextInput
        label={t('lists.one.name')}
        value={text}
        maxLength={200}
        style={{ flex: 1 }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={rename.isPending} disabled={wanted === '' || wanted === name}>
        {t('lists.one.rename')}
      </Button>
    </form>
  )
}
