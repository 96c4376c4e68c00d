import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { pastedSource, readFile } from '#editor/lists/read-file.ts'
import type { Source } from '#editor/lists/source.ts'
import { UnreadableFile } from '#editor/lists/unreadable-file.ts'
import { useListDraft } from './list-draft.ts'

/** Takes a list from the clipboard or out of a file, and says why where that does not go. */
export function useTakeList() {
  const { t } = useTranslation()
  const take = useListDraft((state) => state.take)
  const file = useMutation({ mutationFn: readFile, onSuccess: take })
  const sheet = useMutation({
    mutationFn: ({ source, name }: { source: Source; name: string }) => source.open(name),
    onSuccess: take,
  })
  const { error } = file
  const why = error instanceof UnreadableFile ? t(`startList.unreadable.${error.reason}`) : (error?.message ?? null)
  return {
    text: (text: string) => {
      file.reset()
      take(pastedSource(text))
    },
    file: (chosen: File) => file.mutate(chosen),
    sheet: (source: Source, name: string) => sheet.mutate({ source, name }),
    isReading: file.isPending || sheet.isPending,
    /** Why the last file could not be read. */
    failure: why === null ? null : { title: t('startList.unreadable.title', { name: file.variables?.name ?? '' }), why },
  }
}
