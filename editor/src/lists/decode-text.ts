/**
 * The text of a file that a person chose. Excel in Korea saves "CSV" as CP949 and "Unicode text" as
 * UTF-16, so a byte order mark decides first; without one, bytes that are no UTF-8 are read as
 * EUC-KR. Only in a browser: its decoder knows CP949's further syllables (똠, 햏), Node's does not.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}
