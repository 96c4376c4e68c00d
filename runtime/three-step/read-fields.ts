/** Reading of JSON that several generations of a product wrote: names in two spellings, texts that are JSON, numbers as texts. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that may have been stored as the text of its JSON. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** The first of these fields that is there, under its name or its name with underscores. */
export function pick(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    for (const spelled of [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]) {
      const value = Object.hasOwn(fields, spelled) ? fields[spelled] : undefined
      if (value !== undefined && value !== null) return unpacked(value)
    }
  }
  return undefined
}

/** A text; numbers and yes/no are read as they are written. Null: nothing is there. */
export function textOf(fields: Fields, ...names: readonly string[]): string | null {
  const value = pick(fields, ...names)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : null
}

export const fieldsOf = (fields: Fields, ...names: readonly string[]): Fields => {
  const value = pick(fields, ...names)
  return isFields(value) ? value : {}
}

export function listOf(fields: Fields, ...names: readonly string[]): readonly unknown[] {
  const value = pick(fields, ...names)
  return Array.isArray(value) ? value : []
}
