import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { Settings } from '#schemas/api/settings.ts'
import { changeSettings, settingsQuery } from './settings.ts'

/** This tab was shown the first workflow already: whoever comes to the list then wants the list, whatever the server knows. */
let shown = false

/** The workflow to show in place of the list; null: the list. `undefined` until it is known. */
export function useWelcome(): string | null | undefined {
  const settings = useQuery({ ...settingsQuery, enabled: !shown })
  if (shown || settings.isError) return null
  return settings.data?.welcome
}

/** Somebody is at the first workflow. */
export function beginWelcome(): void {
  shown = true
}

/**
 * Somebody went past it: nobody is shown it in place of the list any more, in no other browser either. Should the word not arrive, the next
 * visitor is greeted once more, which harms nobody.
 */
export async function goPastWelcome(client: QueryClient): Promise<void> {
  const before = client.getQueryData<Settings>(settingsQuery.queryKey)
  if (before?.welcome === null) return
  const settings = await changeSettings({ welcome: null }).catch(() => undefined)
  if (settings !== undefined) client.setQueryData(settingsQuery.queryKey, settings)
}
