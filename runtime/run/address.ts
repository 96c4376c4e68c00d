import { AppError, type ChannelSpec, type Row, type Value } from '#runtime/sdk/index.ts'
import { normalizePhone } from '#schemas/phone.ts'

type AddressKind = ChannelSpec<unknown>['addressKind']

/** An address in the form that is compared and hashed, and in the form that a provider gets. */
export interface Address {
  /** E.164, or lower case. */
  readonly normal: string
  /** Korean numbers as local digits. */
  readonly to: string
}

/** Reads an address of a row. The error says whether it is missing or unusable. */
export function readAddress(kind: AddressKind, value: Value | undefined): Address | AppError {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (text === '') return new AppError('address-missing', {})
  if (kind === 'phone') {
    const phone = normalizePhone(text)
    return phone ? { normal: phone.e164, to: phone.local } : new AppError('address-unusable', {})
  }
  if (kind === 'email') {
    const normal = text.toLowerCase()
    return /^[^\s@]+@[^\s@]+$/.test(normal) ? { normal, to: text } : new AppError('address-unusable', {})
  }
  return { normal: text, to: text }
}

/** Only the normal form, null where there is none: for people who are left out and still can be searched. */
export function normalAddress(kind: AddressKind, row: Row, column: string): string | null {
  const address = readAddress(kind, row[column])
  return address instanceof AppError ? null : address.normal
}
