import { queryOptions } from '@tanstack/react-query'
import type { ConnectionChange, ConnectionPage } from '#schemas/api/connections.ts'
import type { Ready } from '#schemas/api/ready.ts'
import type { Connection, ConnectionInput, ConnectionTest } from '#schemas/connection.ts'
import { api } from './client.ts'

const path = (id: string) => `/api/connections/${encodeURIComponent(id)}`

/** All connections (there are few). Key `['connections']`. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => api.get<ConnectionPage>('/api/connections', { limit: 500 }, { signal }),
})

/** One connection; secrets are never part of it. Key `['connection', id]`. */
export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connection', id],
    queryFn: ({ signal }) => api.get<Connection>(path(id), undefined, { signal }),
  })

/** What real sending over a provider needs and has; it is asked now. Key `['connection', id, 'ready']`. */
export const readyQuery = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'ready'],
    queryFn: ({ signal }) => api.get<Ready>(`${path(id)}/ready`, undefined, { signal }),
    staleTime: 30_000,
  })

export const createConnection = (input: ConnectionInput) => api.post<Connection>('/api/connections', input)
export const changeConnection = (id: string, change: ConnectionChange) => api.put<Connection>(path(id), change)
export const deleteConnection = (id: string) => api.delete(path(id))

/** Tries a saved connection, or one that is only typed in. A failure is an answer (`ok: false`), not an exception. */
export const testConnection = (idOrInput: string | ConnectionInput, signal?: AbortSignal) =>
  typeof idOrInput === 'string'
    ? api.post<ConnectionTest>(`${path(idOrInput)}/test`, {}, { signal })
    : api.post<ConnectionTest>('/api/connections/test', idOrInput, { signal })
