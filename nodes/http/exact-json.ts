import type { Json } from '#runtime/sdk/index.ts'

interface Context {
  readonly source?: string
}
type Reviver = (key: string, value: unknown, context: Context) => unknown

/** Numbers that a JavaScript number would change stay the digits that they were written with: 9007199254740993, 0.10. */
const exact: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? source : value

/** Reads JSON; null: it is none. */
export function readJson(text: string): { value: Json } | null {
  try {
    // The third argument is part of the language; its types do not know it yet. What comes out is JSON.
    return { value: JSON.parse(text, exact as (key: string, value: unknown) => unknown) as Json }
  } catch {
    return null
  }
}

type Found = { readonly value: Json } | { readonly found: string }

/** What stands at a JSON pointer (`/data/items`); or what stands where the way ends. */
export function at(value: Json, pointer: string): Found {
  let here = value
  for (const part of pointer === '' ? [] : pointer.replace(/^\//, '').split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const next = Array.isArray(here) ? here[Number(name)] : isObject(here) && Object.hasOwn(here, name) ? here[name] : undefined
    if (next === undefined) return { found: describe(here) }
    here = next
  }
  return { value: here }
}

export const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const NAMED = 10

/** What a value is, in a few words: names and no values. */
export function describe(value: Json): string {
  if (Array.isArray(value)) return `[${value.length}]`
  if (isObject(value))
    return `{ ${Object.entries(value)
      .slice(0, NAMED)
      .map(([name, inner]) => `${name}: ${Array.isArray(inner) ? '[…]' : isObject(inner) ? '{…}' : typeof inner}`)
      .join(', ')} }`
  return value === null ? 'null' : typeof value
}
