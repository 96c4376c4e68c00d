import { useTranslation } from 'react-i18next'
import type { StoredList } from '#schemas/list.ts'
import { deleteList } from '#editor/api/change-list.ts'
import { RemoveFromData } from './remove-from-data.tsx'

/** Deletes a list; its people go with it. */
export function RemoveList({ list: { id, name, rowCount } }: { list: StoredList }) {
  const { t } = useTranslation()
  return (
    <RemoveFromData
      name={name}
      words="lists.remove"
      text={t('lists.remove.text', { count: rowCount })}
      queries={{ one: ['list', id], all: ['lists'] }}
      remove={() => deleteList(id)}
    />
  )
}
