/**
 * A whole phone number (digits, and a leading + of other countries) or e-mail address out of what somebody typed or pasted; null when it is only
 * a part of one, which cannot be searched.
 */
export function readAddress(text: string): string | null {
  const typed = text.normalize('NFKC').trim()
  if (typed.includes('@')) return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? typed : null
  const number = typed.replace(/[\s().·-]/g, '')
  return /^\+?\d{8,15}$/.test(number) ? number : null
}
