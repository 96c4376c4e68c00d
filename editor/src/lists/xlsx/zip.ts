import { UnreadableFile } from '../unreadable-file.ts'

/** Bytes that the parts of a file may unfold to, all together: a small file must not fill the memory. */
const MOST_BYTES = 400_000_000

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** A zip file. Its parts are unfolded when they are asked for, as UTF-8. */
export interface Zip {
  /** A part as a whole; null: there is none of that name. */
  readonly text: (name: string) => Promise<string | null>
  /** A part bit by bit, as it unfolds; nothing where there is none of that name. */
  readonly texts: (name: string) => AsyncIterable<string>
}

/** Opens a zip file. No more of it is held than what is read just now. */
export async function openZip(file: Blob): Promise<Zip> {
  const entries = await directory(file)
  let left = MOST_BYTES
  async function* texts(name: string): AsyncGenerator<string> {
    const entry = entries.get(name)
    if (entry === undefined) return
    const decoder = new TextDecoder()
    try {
      for await (const bytes of unfolded(file, entry)) yield decoder.decode(bytes, { stream: true })
      yield decoder.decode()
    } catch (error) {
      throw error instanceof UnreadableFile ? error : new UnreadableFile('broken', error)
    }
  }
  return {
    texts,
    async text(name) {
      if (!entries.has(name)) return null
      const found: string[] = []
      for await (const text of texts(name)) {
        left -= text.length
        if (left < 0) throw new UnreadableFile('too-large')
        found.push(text)
      }
      return found.join('')
    },
  }
}

async function* unfolded(file: Blob, { begin, size, isPacked }: ZipEntry): AsyncGenerator<Uint8Array> {
  const packed = file.slice(begin, begin + size).stream()
  const reader = (isPacked ? packed.pipeThrough(new DecompressionStream('deflate-raw')) : packed).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    // Whoever has seen enough lets the rest go.
    await reader.cancel().catch(() => undefined)
  }
}

interface ZipEntry {
  readonly begin: number
  readonly size: number
  readonly isPacked: boolean
}

/** The end of the directory, and a comment that may stand behind it. */
const LONGEST_END = 22 + 65_535

const viewOf = async (part: Blob): Promise<DataView> => new DataView(await part.arrayBuffer())

/** What the directory at the end of the file lists; the parts stand before it. */
async function directory(file: Blob): Promise<Map<string, ZipEntry>> {
  try {
    const end = await viewOf(file.slice(Math.max(0, file.size - LONGEST_END)))
    let at = end.byteLength - 22
    while (end.getUint32(at, true) !== END_OF_DIRECTORY) at -= 1
    const begin = end.getUint32(at + 16, true)
    const view = await viewOf(file.slice(begin, begin + end.getUint32(at + 12, true)))
    return await entriesOf(file, view, end.getUint16(at + 10, true))
  } catch (error) {
    // Read past its end: the file was cut off.
    throw new UnreadableFile('broken', error)
  }
}

async function entriesOf(file: Blob, view: DataView, count: number): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>()
  let entry = 0
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(entry, true) !== DIRECTORY_ENTRY) throw new RangeError('not an entry')
    const method = view.getUint16(entry + 10, true)
    const size = view.getUint32(entry + 20, true)
    const nameLength = view.getUint16(entry + 28, true)
    const local = view.getUint32(entry + 42, true)
    // The part's own head says where it begins; its sizes may be missing there.
    const head = await viewOf(file.slice(local, local + 30))
    const begin = local + 30 + head.getUint16(26, true) + head.getUint16(28, true)
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + entry + 46, nameLength))
    if (method === 0 || method === 8) entries.set(name, { begin, size, isPacked: method === 8 })
    entry += 46 + nameLength + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
  }
  return entries
}
