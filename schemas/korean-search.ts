/** First consonants of Hangul syllables, in the order of Unicode. */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

function initialOf(character: string): string {
  const code = character.charCodeAt(0) - 0xac00
  return code >= 0 && code < 11_172 ? (INITIALS[Math.floor(code / 588)] ?? character) : character
}

/** Does a typed character stand for this one? A lone consonant stands for every syllable that begins with it; `무` for `문` while composing. */
function stands(typed: string, actual: string): boolean {
  if (typed === actual) return true
  if (INITIALS.includes(typed)) return initialOf(actual) === typed
  const typedCode = typed.charCodeAt(0) - 0xac00
  const actualCode = actual.charCodeAt(0) - 0xac00
  const bothSyllables = typedCode >= 0 && typedCode < 11_172 && actualCode >= 0 && actualCode < 11_172
  return bothSyllables && typedCode % 28 === 0 && Math.floor(typedCode / 28) === Math.floor(actualCode / 28)
}

/** `[start, end)` of the first place where `query` is found in `text`, or null. Case, spaces and Unicode form do not matter. */
export function findKorean(text: string, query: string): readonly [number, number] | null {
  const wanted = Array.from(query.normalize('NFC').toLowerCase()).filter((character) => character.trim() !== '')
  if (wanted.length === 0) return [0, 0]
  const letters = Array.from(text.normalize('NFC').toLowerCase())
  for (let start = 0; start < letters.length; start += 1) {
    const end = endOfMatch(letters, start, wanted)
    if (end !== null) return [start, end]
  }
  return null
}

function endOfMatch(letters: readonly string[], start: number, wanted: readonly string[]): number | null {
  let place = start
  for (const [number, typed] of wanted.entries()) {
    while (number > 0 && letters[place]?.trim() === '') place += 1
    const actual = letters[place]
    if (actual === undefined || !stands(typed, actual)) return null
    place += 1
  }
  return place
}
