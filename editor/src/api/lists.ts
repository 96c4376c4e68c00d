import { queryOptions } from '@tanstack/react-query'
import type { ListDetail, ListInput, ListPage, ListRowsInput } from '#schemas/api/lists.ts'
import type { StoredList } from '#schemas/list.ts'
import { api } from './client.ts'

const listPath = (id: string, rest = '') => `/api/lists/${encodeURIComponent(id)}${rest}`

/** The stored lists, newest first. Key `['lists']`. */
export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: ({ signal }) => api.get<ListPage>('/api/lists', { limit: 500 }, { signal }),
})

/** One stored list with its first rows. Key `['list', id]`. */
export const listQuery = (id: string) =>
  queryOptions({
    queryKey: ['list', id],
    queryFn: ({ signal }) => api.get<ListDetail>(listPath(id), undefined, { signal }),
  })

/** Stores a list of people. */
export const createList = (input: ListInput) => api.post<StoredList>('/api/lists', input)

/** Puts other people in the place of those of a list. */
export const replaceListRows = (id: string, input: ListRowsInput) => api.put<StoredList>(listPath(id, '/rows'), input)
