import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { liveSocket } from './socket.ts'

/** While it is shown: node files that were saved are in the palette at once, and one that broke is said (the settings list it, too). */
export function useNodeTypeNews(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      liveSocket().watchNodeTypes(() => {
        const before = client.getQueryData<NodeTypes>(['node-types'])?.broken ?? []
        void client.invalidateQueries({ queryKey: ['node-types'] }).then(() => {
          const broken = client.getQueryData<NodeTypes>(['node-types'])?.broken ?? []
          for (const { error } of broken)
            if (!before.some((one) => one.error.message === error.message)) toastError(new Error(error.message))
        })
      }),
    [client],
  )
}
