/** In which line each value of a JSON text stands, by path (`nodes/2/config`). The text must be valid JSON. */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  let at = 0
  let line = 1
  const skip = () => {
    for (; at < text.length && /\s/.test(text.charAt(at)); at += 1) if (text.charAt(at) === '\n') line += 1
  }
  const readName = (): string => {
    const start = at
    at += 1
    while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
    at += 1
    return String(JSON.parse(text.slice(start, at)))
  }
  const inside = (path: string, isObject: boolean) => {
    at += 1
    skip()
    for (let place = 0; at < text.length && !'}]'.includes(text.charAt(at)); place += 1) {
      const begins = line
      const name = isObject ? readName() : String(place)
      if (isObject) {
        skip()
        at += 1
        skip()
      }
      const here = path === '' ? name : `${path}/${name}`
      value(here)
      lines.set(here, begins)
      skip()
      if (text.charAt(at) === ',') at += 1
      skip()
    }
    at += 1
  }
  const value = (path: string) => {
    const first = text.charAt(at)
    if (first === '{' || first === '[') inside(path, first === '{')
    else if (first === '"') readName()
    else while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1
  }
  skip()
  lines.set('', line)
  value('')
  return lines
}

/** The line of a path, or of the nearest thing around it that is there: what is missing is missing in something. */
export function lineOf(lines: ReadonlyMap<string, number>, path: string): number {
  for (let at = path; at !== ''; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const line = lines.get(at)
    if (line !== undefined) return line
  }
  return lines.get('') ?? 1
}
