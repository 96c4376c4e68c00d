import type { ListUpload } from '#schemas/api/list-uploads.ts'
import type { ListColumnInput, StoredList } from '#schemas/list.ts'
import { api, OfflineError } from './client.ts'

type Cells = readonly (string | null)[]

const path = (id: string, act = '') => `/api/list-uploads/${encodeURIComponent(id)}${act}`

/** Waits between two tries while the server is away (ms); then it is given up. */
const WAITS = [500, 1000, 2000, 4000, 8000, 15_000]

/** `list`: the stored list whose rows it will take the place of; null: a new one. */
export const beginUpload = (name: string, list: string | null, columns: readonly ListColumnInput[]) =>
  api.post<ListUpload>('/api/list-uploads', { name, columns, ...(list !== null && { list }) })

/** Sends the rows behind the first `from`. What came already is not taken twice, so it is sent again where the connection was lost. */
export async function sendRows(
  id: string,
  { from, rows, signal }: { from: number; rows: readonly Cells[]; signal: AbortSignal },
): Promise<void> {
  for (const wait of [...WAITS, null]) {
    try {
      await api.put<ListUpload>(path(id, '/rows'), { from, rows }, { signal })
      return
    } catch (error) {
      if (!(error instanceof OfflineError) || wait === null) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
      signal.throwIfAborted()
    }
  }
}

export const finishUpload = (id: string, rows: number) => api.post<StoredList>(path(id, '/finish'), { rows })
export const cancelUpload = (id: string) => api.delete(path(id))
