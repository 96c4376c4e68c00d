import { normalizePhone, writtenPhone } from '#schemas/phone.ts'

export type PhoneProblem = 'missing' | 'short' | 'long' | 'lost-digits' | 'letters' | 'several' | 'unknown' | 'landline'

interface PhoneCell {
  /** As people write it (010-1234-5678) where it is a number, else the cell as it stands: the run tells it as the person knows it. */
  readonly value: string | null
  /** A spreadsheet had taken the first 0. */
  readonly restored: boolean
  /** The same number written otherwise has the same identity; null: it is none. */
  readonly identity: string | null
  readonly problem: PhoneProblem | null
}

/** Why a text is no phone number. Whose digits Excel threw away is never guessed. */
function whyNot(text: string): PhoneProblem {
  const plain = text.normalize('NFKC')
  if (/^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i.test(plain)) return 'lost-digits'
  const parts = plain.split(/[,/;\n]|\s{2,}/).filter((part) => normalizePhone(part) !== null)
  if (parts.length > 1) return 'several'
  if (/[^\d\s\-.()+‐-―]/.test(plain)) return 'letters'
  const { length } = plain.replace(/\D/g, '')
  return length < 9 ? 'short' : length > 11 ? 'long' : 'unknown'
}

/** Reads the cell of a phone number. */
export function readPhoneCell(cell: string): PhoneCell {
  const text = cell.trim()
  if (text === '') return { value: null, restored: false, identity: null, problem: 'missing' }
  const phone = normalizePhone(text)
  if (phone === null) return { value: text, restored: false, identity: null, problem: whyNot(text) }
  return {
    value: writtenPhone(phone),
    restored: phone.restored,
    identity: phone.e164,
    // A text message to a landline is accepted by nobody who promises that it arrives.
    problem: phone.class === 'seoul' || phone.class === 'regional' ? 'landline' : null,
  }
}
