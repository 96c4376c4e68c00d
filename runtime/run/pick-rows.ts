import type { ChunkRows } from './chunk.ts'

/** Some rows of a chunk, by their places in it (ascending), as a chunk of their own. */
export function pickRows(rows: ChunkRows, places: readonly number[]): ChunkRows {
  return {
    names: rows.names,
    seqs: places.map((place) => rows.seqs[place] as number),
    columns: rows.columns.map((column) => places.map((place) => column[place] ?? null)),
    messages: rows.messages && places.map((place) => rows.messages?.[place] ?? null),
  }
}
