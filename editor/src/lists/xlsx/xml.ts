/** A piece of XML in the order of the file. Names come without their namespace: writers differ in it. */
export type XmlPiece =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

const PIECE =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<[?!][^>]*>|<(\/?)([^\s/>]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, ...[hex, decimal, name]: string[]) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? whole : String.fromCodePoint(code)
  })
}

const withoutSpace = (name: string): string => name.slice(name.indexOf(':') + 1)

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    attributes[withoutSpace(name)] = unescaped(double ?? single ?? '')
  }
  return attributes
}

/** The pieces of the XML that spreadsheets are made of: no DTD, no entities of their own. */
export function* readXml(xml: string): Generator<XmlPiece> {
  for (const [, cdata, closing, name, attributes = '', alone, text] of xml.matchAll(PIECE)) {
    if (text !== undefined) yield { kind: 'text', text: unescaped(text) }
    else if (cdata !== undefined) yield { kind: 'text', text: cdata }
    else if (name !== undefined && closing === '/') yield { kind: 'close', name: withoutSpace(name) }
    else if (name !== undefined) {
      yield { kind: 'open', name: withoutSpace(name), attributes: attributesOf(attributes) }
      if (alone === '/') yield { kind: 'close', name: withoutSpace(name) }
    }
  }
}

/** The same of XML that comes bit by bit: a piece that is cut in two waits for its end. */
export async function* cutXml(texts: AsyncIterable<string>): AsyncGenerator<XmlPiece[]> {
  let rest = ''
  for await (const text of texts) {
    rest += text
    const end = wholeUpTo(rest)
    if (end > 0) yield [...readXml(rest.slice(0, end))]
    rest = rest.slice(end)
  }
  yield [...readXml(rest)]
}

/** Up to where nothing is cut: the last tag that begins, unless it stands in a comment or a text that may hold one. */
function wholeUpTo(text: string): number {
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
  ] as const) {
    const begin = text.lastIndexOf(open)
    if (begin >= 0 && !text.includes(close, begin)) return begin
  }
  return Math.max(0, text.lastIndexOf('<'))
}
