/** One word of JSON at the beginning of the rest: a text, a number, true, false or null. */
const WORD =
  // Control characters end a text: JSON does not allow them in one.
  // oxlint-disable-next-line no-control-regex
  /(?:"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/** Where a text that is no JSON breaks, counted from its beginning. Browsers say it in different words, or not at all. */
export function breakOf(text: string): number {
  const place = { at: 0 }
  const skip = () => {
    while (' \t\r\n'.includes(text.charAt(place.at)) && place.at < text.length) place.at += 1
  }
  const take = (mark: string): boolean => {
    skip()
    if (text.charAt(place.at) !== mark) return false
    place.at += 1
    return true
  }
  const word = (onlyText: boolean): boolean => {
    skip()
    WORD.lastIndex = place.at
    const found = onlyText && text.charAt(place.at) !== '"' ? null : WORD.exec(text)
    if (found !== null) place.at += found[0].length
    return found !== null
  }
  const list = (end: string, item: () => boolean): boolean => {
    if (take(end)) return true
    do if (!item()) return false
    while (take(','))
    return take(end)
  }
  const value = (): boolean => {
    if (take('{')) return list('}', () => word(true) && take(':') && value())
    if (take('[')) return list(']', value)
    return word(false)
  }
  value()
  skip()
  return place.at
}
