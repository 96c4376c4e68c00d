/** What the letters of a file are made of, as decode-text.ts finds it; of a file of any size, of which only a piece is held. */
export async function encodingOf(file: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of piecesOf(file)) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'euc-kr'
  }
}

/** The text of a file, bit by bit, with the bytes that were read for it. */
export async function* textsOf(file: Blob, encoding: string): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder(encoding)
  let bytes = 0
  for await (const piece of piecesOf(file)) {
    bytes += piece.byteLength
    yield { text: decoder.decode(piece, { stream: true }), bytes }
  }
  yield { text: decoder.decode(), bytes }
}

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    // Whoever has seen enough lets the rest go.
    await reader.cancel().catch(() => undefined)
  }
}
