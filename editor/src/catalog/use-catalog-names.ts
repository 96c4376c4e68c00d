import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Catalog } from '#schemas/catalog.ts'
import type { CatalogNames } from '#schemas/catalog-names.ts'
import { catalogQuery, changeCatalogNames } from '#editor/api/catalog.ts'
import { toastError } from '#editor/parts/toasts.ts'

export interface NamesChange {
  readonly names: (names: CatalogNames) => CatalogNames
  /** What is seen at once. */
  readonly seen: (catalog: Catalog) => Catalog
}

/** Says what things are called: seen at once, stored behind it; what could not be stored is taken back and told. */
export function useCatalogNames(connectionId: string): (change: NamesChange) => void {
  const client = useQueryClient()
  // One after the other: each is made over what the one before it left.
  const last = useRef<Promise<unknown>>(Promise.resolve())
  return useCallback(
    ({ names, seen }) => {
      const key = catalogQuery(connectionId).queryKey
      client.setQueryData(key, (old) => old && seen(old))
      last.current = last.current
        .then(() => changeCatalogNames(connectionId, names))
        .catch((error: unknown) => {
          toastError(error)
          void client.invalidateQueries({ queryKey: key, exact: true })
        })
    },
    [client, connectionId],
  )
}
