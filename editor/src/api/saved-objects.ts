import { queryOptions } from '@tanstack/react-query'
import type { SavedObjectPage } from '#schemas/api/saved-objects.ts'
import type { SavedObject, SavedObjectChange, SavedObjectInput } from '#schemas/saved-object.ts'
import { api } from './client.ts'

const path = (id: string, rest = '') => `/api/saved-objects/${encodeURIComponent(id)}${rest}`

/** What is kept to be used again: favourites, then the most used. Key `['saved-objects']`. */
export const savedObjectsQuery = queryOptions({
  queryKey: ['saved-objects'],
  queryFn: ({ signal }) => api.get<SavedObjectPage>('/api/saved-objects', { limit: 500 }, { signal }),
})

export const keepObject = (input: SavedObjectInput) => api.post<SavedObject>('/api/saved-objects', input)
export const changeObject = (id: string, change: SavedObjectChange) => api.put<SavedObject>(path(id), change)
export const deleteObject = (id: string) => api.delete(path(id))
export const restoreObject = (id: string) => api.post<SavedObject>(path(id, '/restore'))
/** It was taken into a workflow. */
export const countUse = (id: string) => api.post<SavedObject>(path(id, '/use'))
export const favorObject = (id: string, favorite: boolean) => api.put<SavedObject>(path(id, '/favorite'), { favorite })
