import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Settings, SettingsChange } from '#schemas/api/settings.ts'
import { WORKSPACE_ZONE } from '#editor/parts/times.ts'
import { api } from './client.ts'

/** Name, time zone and language of the workspace. Key `['settings']`. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get<Settings>('/api/settings', undefined, { signal }),
  staleTime: 60_000,
})

export const changeSettings = (change: SettingsChange) => api.put<Settings>('/api/settings', change)

/** The zone in which the workspace reads the clock; Seoul until it is known. */
export function useWorkspaceZone(): string {
  return useQuery(settingsQuery).data?.timezone ?? WORKSPACE_ZONE
}
