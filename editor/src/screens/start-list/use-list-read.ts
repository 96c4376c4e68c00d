import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LIST_LIMITS } from '#schemas/list.ts'
import { readList, type ReadList } from '#editor/lists/read-list.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useListDraft } from './list-draft.ts'

export interface ListReading {
  readonly list: ReadList
  /** What it is called. */
  readonly name: string
  /** Why it is no list yet, in words; null: it is one. */
  readonly trouble: string | null
}

/** What was understood of what was pasted; null: nothing was. */
export function useListRead(): ListReading | null {
  const { t } = useTranslation()
  const language = useLanguage()
  const [today] = useState(() => new Date())
  const source = useListDraft((state) => state.source)
  const choices = useListDraft((state) => state.choices)
  const wished = useListDraft((state) => state.name)
  const list = useMemo(
    () => source && readList(source.rows, choices, (letter) => t('startList.read.unnamed', { letter })),
    [source, choices, t],
  )
  return useMemo(() => {
    if (source === null || list === null) return null
    const day = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(today)
    const given = wished?.trim() ?? ''
    const name = given !== '' ? given : (source.name ?? t('startList.read.defaultName', { day }))
    const trouble =
      source.rows.length === 0
        ? t('startList.unreadable.empty')
        : list.rows.length === 0
          ? t('startList.unreadable.headerOnly')
          : list.rows.length > LIST_LIMITS.rows
            ? t('startList.unreadable.rows', { count: LIST_LIMITS.rows })
            : list.columns.length > LIST_LIMITS.columns
              ? t('startList.unreadable.columns', { count: LIST_LIMITS.columns })
              : null
    return { list, name, trouble }
  }, [source, list, wished, language, today, t])
}
