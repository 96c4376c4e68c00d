import type { Random } from './random.ts'

/**
 * Mobile numbers that no person has: numbers of 010-0… are not given out, so that a sample run over a real provider by
 * mistake reaches nobody. Eight digits after 010, each once.
 */
export function makeNumbers(count: number, random: Random): string[] {
  // The first ten people's last digits are in pictures and examples.
  const known = ['3312', '7718', '1187', '9021', '5540', '2046', '6632', '8801', '6044', '3098']
  const used = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    for (;;) {
      const last = known[index] ?? String(random.between(0, 9999)).padStart(4, '0')
      const number = `0${String(random.between(0, 999)).padStart(3, '0')}${last}`
      if (used.has(number)) continue
      used.add(number)
      return number
    }
  })
}

const forms: readonly { share: number; write: (middle: string, last: string) => string }[] = [
  { share: 0.72, write: (middle, last) => `010-${middle}-${last}` },
  { share: 0.18, write: (middle, last) => `010${middle}${last}` },
  { share: 0.04, write: (middle, last) => `+82 10-${middle}-${last}` },
  { share: 0.03, write: (middle, last) => `010 ${middle} ${last}` },
  { share: 0.02, write: (middle, last) => `10${middle}${last}` }, // a spreadsheet ate the first 0
  { share: 0.01, write: (middle, last) => `+8210${middle}${last}` },
]

/** A number as people type it: mostly with hyphens, some with +82, spaces or without the first 0. */
export function writeNumber(number: string, random: Random): string {
  let left = random.next()
  const form = forms.find(({ share }) => (left -= share) < 0) ?? forms[0]
  if (!form) throw new Error('no form')
  return form.write(number.slice(0, 4), number.slice(4))
}
