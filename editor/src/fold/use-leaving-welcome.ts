import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { beginWelcome, goPastWelcome } from '#editor/api/welcome.ts'

/** While `here`, any way on from the first workflow (home, a door, the rail, the whole graph) is taken as "I know this now". */
export function useLeavingWelcome(here: boolean): void {
  const client = useQueryClient()
  const router = useRouter()
  useEffect(() => {
    if (!here) return
    beginWelcome()
    return router.subscribe('onBeforeNavigate', ({ hrefChanged }) => {
      if (hrefChanged) void goPastWelcome(client)
    })
  }, [here, client, router])
}
