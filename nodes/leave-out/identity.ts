import { normalizeEmail, normalizePhone, type Value } from '#runtime/sdk/index.ts'

/** The identity of an address, however it is written; null where it is none. */
export function identity(value: Value, kind: 'phone' | 'email'): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  return kind === 'email' ? normalizeEmail(String(value)) : (normalizePhone(String(value))?.e164 ?? null)
}
