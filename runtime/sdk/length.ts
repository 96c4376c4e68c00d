/** Longest texts that go out (KT/SKT/LGU+ as all Korean vendors state them; Kakao's Alimtalk guide). */
export const LIMITS = { smsBytes: 90, lmsBytes: 2000, titleBytes: 40, alimtalkCharacters: 1000 } as const

/**
 * Characters of strict KS X 1001 (EUC-KR without the CP949 extension: 똠, 뷁 and emoji are not in it), made once by decoding every pair
 * of lead 0xA1–0xFE and trail 0xA1–0xFE. The decoder of Node's ICU leaves pairs without a character as U+FFFD; private use is taken out.
 */
const twoBytes: ReadonlySet<string> = makeTwoByteSet()

function makeTwoByteSet(): Set<string> {
  const decoder = new TextDecoder('euc-kr')
  const set = new Set<string>()
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const character = decoder.decode(new Uint8Array([lead, trail]))
      const code = character.codePointAt(0) ?? 0
      const privateUse = code >= 0xe000 && code <= 0xf8ff
      if (character.length === 1 && character !== '\ufffd' && !privateUse) set.add(character)
    }
  }
  // ICU maps the euro and registered signs of a later edition of the standard; carriers' tables are of the older one.
  set.delete('€')
  set.delete('®')
  // The won sign is written with the full-width one's code by every vendor.
  set.add('₩')
  return set
}

const isAscii = (character: string): boolean => character.charCodeAt(0) < 0x80

/** The characters of a text that a Korean text message cannot carry, each once, in order. */
export function unencodable(text: string): string[] {
  const found = new Set<string>()
  for (const character of text) if (!isAscii(character) && !twoBytes.has(character)) found.add(character)
  return [...found]
}

/** Bytes in EUC-KR: ASCII 1, everything else 2 (also what cannot be encoded, which is a problem of its own); CRLF counts as LF. */
export function eucKrBytes(text: string): number {
  let bytes = 0
  for (const character of text.replaceAll('\r\n', '\n')) bytes += isAscii(character) ? 1 : 2
  return bytes
}

/** Characters as Kakao counts them: code points, CRLF as one. */
export function characters(text: string): number {
  let count = 0
  for (const _ of text.replaceAll('\r\n', '\n')) count++
  return count
}
