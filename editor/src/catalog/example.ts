import type { CatalogSample } from '#schemas/api/catalog.ts'

/** Longer examples say no more. Characters. */
const LONGEST = 60

/** The first value that a sample has in a column, as one line; null: none of its rows has any. */
export function exampleOf(sample: CatalogSample | undefined, column: string): string | null {
  const place = sample?.columns.findIndex(({ name }) => name === column) ?? -1
  if (sample === undefined || place < 0) return null
  for (const row of sample.rows) {
    const value = row[place]
    if (value === null || value === undefined || value === '') continue
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)
    const line = isMoment ? text.slice(0, 16).replace('T', ' ') : text.replaceAll(/\s+/g, ' ')
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  }
  return null
}
