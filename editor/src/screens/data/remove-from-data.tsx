import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

interface RemoveFromDataProps {
  readonly name: string
  /** Where its words are. */
  readonly words: 'lists.remove' | 'data.remove'
  /** What goes with it. */
  readonly text: string
  /** Keys of its own query, and of the list that it is gone from. */
  readonly queries: { readonly one: readonly string[]; readonly all: readonly string[] }
  readonly remove: () => Promise<unknown>
}

/** Deletes something that workflows read, after asking by its name, and goes back to the data. The server refuses while it is in use, and says where. */
export function RemoveFromData({ name, words, text, queries, remove }: RemoveFromDataProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      toastDone(t(`${words}.done`, { name }))
      await navigate({ to: '/data' })
      client.removeQueries({ queryKey: queries.one })
      await client.invalidateQueries({ queryKey: queries.all })
    },
    onError: (error) => toastError(error, t(`${words}.failed`)),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t(`${words}.button`)}
      </Button>
      <Confirm
        opened={asking}
        title={t(`${words}.title`, { name })}
        text={text}
        action={t(`${words}.action`)}
        danger
        busy={removal.isPending}
        onConfirm={() => removal.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
