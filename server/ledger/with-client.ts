import type { Pool, PoolClient } from 'pg'

/** A connection for several statements. One on which `work` threw is not used again: an open transaction ends with it. */
export async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
