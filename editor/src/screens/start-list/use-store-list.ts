import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import type { BringingIn } from './bring-in.ts'
import { greetingFor } from './greeting.ts'
import { useListDraft } from './list-draft.ts'
import { storeList } from './store-list.ts'
import type { ListReading } from './use-list-read.ts'

interface StoreOptions {
  readonly workflowId: string | null
  /** `isTold`: there is something to be read here first. */
  readonly onStored: (workflowId: string, isTold: boolean) => Promise<void>
}

/** Stores the people that were read, makes or changes the workflow, and goes on to it. */
export function useStoreList({ workflowId, onStored }: StoreOptions) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ list, name }: ListReading) => {
      const { storedAs, stored, brings, source } = useListDraft.getState()
      const calledOff = new AbortController()
      const big = source?.big && {
        rows: source.big,
        onProgress: (bringing: BringingIn) => brings({ bringing }),
        signal: calledOff.signal,
      }
      if (big) brings({ stop: () => calledOff.abort() })
      const beginning = greetingFor(list, language, (hole) => t('startList.message.greeting', { hole }))
      const onStored = (id: string) => stored({ storedAs: id })
      try {
        return await storeList({ list, name, beginning, workflowId, storedAs, onStored, big: big ?? null })
      } catch (error) {
        if (!calledOff.signal.aborted) throw error
        brings({ bringing: null })
        return null
      } finally {
        brings({ stop: null })
      }
    },
    onSuccess: async (id) => {
      if (id === null) return
      useListDraft.getState().stored({ workflowId: id })
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await client.invalidateQueries({ queryKey: ['list'] })
      const { bringing } = useListDraft.getState()
      // What is wrong in a big file is seen only now: it is shown before the next page.
      await onStored(id, (bringing?.problemCount ?? 0) > 0)
    },
  })
}
