import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import { deleteConnection } from '#editor/api/connections.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

/** Deletes a connection, after asking. The server refuses while a workflow uses it, and says which. */
export function RemoveConnection({ connection: { id, name } }: { connection: Connection }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteConnection(id),
    onSuccess: async () => {
      toastDone(t('data.remove.done', { name }))
      await navigate({ to: '/data' })
      client.removeQueries({ queryKey: ['connection', id] })
      await client.invalidateQueries({ queryKey: ['connections'] })
    },
    onError: (error) => toastError(error, t('data.remove.failed')),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('data.remove.button')}
      </Button>
      <Confirm
        opened={asking}
        title={t('data.remove.title', { name })}
        text={t('data.remove.text')}
        action={t('data.remove.action')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
