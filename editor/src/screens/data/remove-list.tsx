import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredList } from '#schemas/list.ts'
import { deleteList } from '#editor/api/change-list.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

/** Deletes a list, after asking by its name. The server refuses while a workflow reads it, and says which. */
export function RemoveList({ list: { id, name, rowCount } }: { list: StoredList }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteList(id),
    onSuccess: async () => {
      toastDone(t('lists.remove.done', { name }))
      await navigate({ to: '/data' })
      client.removeQueries({ queryKey: ['list', id] })
      await client.invalidateQueries({ queryKey: ['lists'] })
    },
    onError: (error) => toastError(error, t('lists.remove.failed')),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('lists.remove.button')}
      </Button>
      <Confirm
        opened={asking}
        title={t('lists.remove.title', { name })}
        text={t('lists.remove.text', { count: rowCount })}
        action={t('lists.remove.action')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
