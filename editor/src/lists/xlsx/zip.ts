import { UnreadableFile } from '../unreadable-file.ts'

/** Bytes that the parts of a file may unfold to, all together: a small file must not fill the memory. */
const MOST_BYTES = 400_000_000

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** A part of a zip file by its name; null: it has none of that name. */
export type ReadPart = (name: string) => Promise<string | null>

/** Opens a zip file. Parts are unfolded when they are asked for, as UTF-8. */
export function openZip(bytes: Uint8Array<ArrayBuffer>): ReadPart {
  const entries = directory(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes)
  let left = MOST_BYTES
  return async (name) => {
    const entry = entries.get(name)
    if (entry === undefined) return null
    const chunks: Uint8Array[] = []
    const packed = new Blob([entry.bytes]).stream()
    const stream = entry.isPacked ? packed.pipeThrough(new DecompressionStream('deflate-raw')) : packed
    const reader = stream.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        left -= next.value.byteLength
        if (left < 0) throw new UnreadableFile('too-large')
        chunks.push(next.value)
      }
    } catch (error) {
      throw error instanceof UnreadableFile ? error : new UnreadableFile('broken', error)
    }
    return new TextDecoder().decode(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer())
  }
}

interface ZipEntry {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly isPacked: boolean
}

/** What the directory at the end of the file lists; the parts stand before it. */
function directory(view: DataView, bytes: Uint8Array<ArrayBuffer>): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  try {
    let at = view.byteLength - 22
    while (view.getUint32(at, true) !== END_OF_DIRECTORY) at -= 1
    const count = view.getUint16(at + 10, true)
    let entry = view.getUint32(at + 16, true)
    for (let number = 0; number < count; number += 1) {
      if (view.getUint32(entry, true) !== DIRECTORY_ENTRY) throw new RangeError('not an entry')
      const method = view.getUint16(entry + 10, true)
      const size = view.getUint32(entry + 20, true)
      const nameLength = view.getUint16(entry + 28, true)
      const local = view.getUint32(entry + 42, true)
      // The part's own head says where it begins; its sizes may be missing there.
      const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
      const name = new TextDecoder().decode(bytes.subarray(entry + 46, entry + 46 + nameLength))
      if (method === 0 || method === 8) entries.set(name, { bytes: bytes.subarray(begin, begin + size), isPacked: method === 8 })
      entry += 46 + nameLength + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
    }
  } catch (error) {
    // Read past its end: the file was cut off.
    throw new UnreadableFile('broken', error)
  }
  return entries
}
