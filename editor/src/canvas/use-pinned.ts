import { useTranslation } from 'react-i18next'
import { useChecks } from './session-context.ts'

/** What is said of a source of which rows are pinned; null: none are. */
export function usePinned(id: string): string | null {
  const { t } = useTranslation()
  const count = useChecks((state) => state.preview?.samples?.[id]?.rows)
  const stale = useChecks((state) => state.preview?.samples?.[id]?.stale)
  if (count === undefined) return null
  return stale === true ? t('editor.pin.staleShort') : t('editor.pin.pinned', { count })
}
