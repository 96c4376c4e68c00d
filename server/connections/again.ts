import { AppError } from '#runtime/sdk/index.ts'

/**
 * Tries work that only reads, and once more where its connection was lost while it was used. A database that cannot be reached is not tried
 * again: that takes its time and says the same.
 * @param work calls `taken` once it has a connection
 */
export async function againIfLost<T>(work: (taken: () => void) => Promise<T>): Promise<T> {
  let had = false
  try {
    return await work(() => (had = true))
  } catch (error) {
    if (!had || !(error instanceof AppError) || error.code !== 'connection-failed') throw error
    return work(() => undefined)
  }
}
