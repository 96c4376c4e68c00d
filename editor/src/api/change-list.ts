import type { StoredList } from '#schemas/list.ts'
import { api } from './client.ts'

const path = (id: string) => `/api/lists/${encodeURIComponent(id)}`

export const renameList = (id: string, name: string) => api.patch<StoredList>(path(id), { name })
/** The server refuses while a workflow reads it, and says which. */
export const deleteList = (id: string) => api.delete(path(id))
