import type { Dialect } from '#runtime/sdk/index.ts'

/** A name as a statement of the dialect writes it: quoted, also where a plain word would do. */
export function quoteName(name: string, dialect: Dialect): string {
  const quote = dialect === 'postgres' ? '"' : '`'
  return quote + name.replaceAll(quote, quote + quote) + quote
}
