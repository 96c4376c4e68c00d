import { normalizePhone } from '#schemas/phone.ts'
import { isFields, unpacked, type Fields } from './read-fields.ts'

/**
 * The JSON without the people of its groups: they are kept as stored lists, sealed and erasable, and nowhere else. In place of each list
 * stands how many they were.
 */
export function withoutPeople(raw: Fields): Fields {
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, /^target_?config$/i.test(key) ? emptied(unpacked(value)) : value]),
  )
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isPerson) ? { people: value.length } : value.map(emptied)
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)])) : value
}

/** Somebody with a number or an address, or only that. */
function isPerson(value: unknown): boolean {
  if (isFields(value)) return Object.values(value).some((inner) => !isFields(inner) && !Array.isArray(inner) && isAddress(inner))
  return isAddress(value)
}

const isAddress = (value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') &&
  (normalizePhone(String(value)) !== null || /^\S+@\S+\.\S+$/.test(String(value)))
