/** Compares two plain decimal numbers given as text, by their digits: no double in between. Null: one of them is no number. */
export function compareDigits(left: string, right: string): number | null {
  const a = parse(left)
  const b = parse(right)
  if (!a || !b) return null
  const scale = Math.max(a.fraction.length, b.fraction.length)
  const x = toBigInt(a, scale)
  const y = toBigInt(b, scale)
  return x < y ? -1 : x > y ? 1 : 0
}

interface Decimal {
  negative: boolean
  whole: string
  fraction: string
}

function parse(text: string): Decimal | null {
  const found = /^([+-]?)(\d{1,100})(?:\.(\d{0,100}))?$/.exec(text.trim().replaceAll(',', ''))
  return found && { negative: found[1] === '-', whole: found[2] ?? '0', fraction: found[3] ?? '' }
}

function toBigInt({ negative, whole, fraction }: Decimal, scale: number): bigint {
  const value = BigInt(whole + fraction.padEnd(scale, '0'))
  return negative ? -value : value
}
