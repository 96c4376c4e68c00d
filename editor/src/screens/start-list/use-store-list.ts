import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { greetingFor } from './greeting.ts'
import { useListDraft } from './list-draft.ts'
import { storeList } from './store-list.ts'
import type { ListReading } from './use-list-read.ts'

interface StoreOptions {
  readonly workflowId: string | null
  readonly onStored: (workflowId: string) => Promise<void>
}

/** Stores the people that were read, makes or changes the workflow, and goes on to it. */
export function useStoreList({ workflowId, onStored }: StoreOptions) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ list, name }: ListReading) => {
      const { storedAs, stored } = useListDraft.getState()
      const beginning = greetingFor(list, language, (hole) => t('startList.message.greeting', { hole }))
      return storeList({ list, name, beginning, workflowId, storedAs, onStored: (id) => stored({ storedAs: id }) })
    },
    onSuccess: async (id) => {
      useListDraft.getState().stored({ workflowId: id })
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await client.invalidateQueries({ queryKey: ['list'] })
      await onStored(id)
    },
  })
}
