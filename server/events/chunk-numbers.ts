import type { Pool } from 'pg'

/** So many numbers are fetched at once; those that a process leaves unused are never missed. */
const AT_ONCE = 500

/** Numbers for chunks, from the sequence that all processes share. */
export class ChunkNumbers {
  readonly #pool: Pool
  #numbers: number[] = []

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async next(count: number): Promise<number[]> {
    while (this.#numbers.length < count) {
      const { rows } = await this.#pool.query<{ no: number }>({
        name: 'chunk-numbers',
        text: `select nextval('chunk_no')::int as no from generate_series(1, $1::int)`,
        values: [Math.max(AT_ONCE, count)],
      })
      this.#numbers.push(...rows.map(({ no }) => no))
    }
    return this.#numbers.splice(0, count)
  }
}
