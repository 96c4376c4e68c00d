/** Longest texts that go out (KT/SKT/LGU+ as all Korean vendors state them; Kakao's Alimtalk guide). */
export const LIMITS = { smsBytes: 90, lmsBytes: 2000, titleBytes: 40, alimtalkCharacters: 1000 } as const

/** Bytes of each UTF-16 code unit in EUC-KR: 1 for ASCII, 2 for what the table has, 0 for what it does not (surrogates too). */
const widths: Uint8Array = makeWidths()

/**
 * Strict KS X 1001 (EUC-KR without the CP949 extension: 똠, 뷁 and emoji are not in it), made once by decoding every pair of lead
 * 0xA1–0xFE and trail 0xA1–0xFE. The decoder of Node's ICU leaves pairs without a character as U+FFFD; private use is taken out.
 */
function makeWidths(): Uint8Array {
  const decoder = new TextDecoder('euc-kr')
  const table = new Uint8Array(0x10000).fill(1, 0, 0x80)
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const character = decoder.decode(new Uint8Array([lead, trail]))
      const code = character.charCodeAt(0)
      const privateUse = code >= 0xe000 && code <= 0xf8ff
      if (character.length === 1 && code !== 0xfffd && !privateUse) table[code] = 2
    }
  }
  // ICU maps the euro and registered signs of a later edition of the standard; carriers' tables are of the older one.
  table['€'.charCodeAt(0)] = 0
  table['®'.charCodeAt(0)] = 0
  // The won sign is written with the full-width one's code by every vendor.
  table['₩'.charCodeAt(0)] = 2
  return table
}

const CR = 0x0d
const LF = 0x0a
const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

/**
 * A text as a Korean text message carries it, in one pass: `bytes` in EUC-KR (ASCII 1, everything else 2, also what cannot be encoded,
 * which is a problem of its own; CRLF counts as LF), and whether all of it can be encoded. A run asks this for every message.
 */
export function measureEucKr(text: string): { readonly bytes: number; readonly encodable: boolean } {
  let bytes = 0
  let encodable = true
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    const width = widths[code] as number // every code unit has an entry
    if (width === 0) {
      encodable = false
      bytes += 2
      if (isHigh(code) && isLow(text.charCodeAt(place + 1))) place++
    } else if (code !== CR || text.charCodeAt(place + 1) !== LF) bytes += width
  }
  return { bytes, encodable }
}

/** The characters of a text that a Korean text message cannot carry, each once, in order. */
export function unencodable(text: string): string[] {
  const found = new Set<string>()
  for (const character of text) if (widths[character.charCodeAt(0)] === 0) found.add(character)
  return [...found]
}

/** Bytes in EUC-KR, counted as `measureEucKr` does. */
export function eucKrBytes(text: string): number {
  return measureEucKr(text).bytes
}

/** Characters as Kakao counts them: code points, CRLF as one. */
export function characters(text: string): number {
  let count = text.length
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    const next = code === CR || isHigh(code) ? text.charCodeAt(place + 1) : 0
    if ((code === CR && next === LF) || (isHigh(code) && isLow(next))) count--
  }
  return count
}
