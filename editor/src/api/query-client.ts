import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './client.ts'

/**
 * Key conventions: lists are `['workflows', filters?]`, one thing is `['workflow', id, part?]` (plural for many, singular
 * for one), so that `invalidateQueries({ queryKey: ['workflows'] })` renews every list and nothing else.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refused stays refused; what did not reach it may get through.
        retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 2,
      },
      mutations: { retry: false },
    },
  })
}
