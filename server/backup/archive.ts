import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { constants, createZstdCompress } from 'node:zlib'
import { AppError } from '#runtime/sdk/index.ts'

// magic · header (JSON) · per table: blocks of zstd, an empty block · trailer (JSON) · SHA-256 of all before. Lengths: uint32, big-endian.
const MAGIC = Buffer.from('ALIMFLOW BACKUP 1\n')
const DIGEST = 32
// The bulk is chunks, compressed and encrypted already: more effort would gain nothing.
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** What one table's bytes were, before they were compressed. */
export interface StreamFacts {
  readonly bytes: number
  readonly sha256: string
}

const lengthOf = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return length
}

/** Writes an archive from front to back; nothing is kept in memory. */
export class ArchiveWriter {
  readonly #file: FileHandle
  readonly #hash: Hash = createHash('sha256')

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** A new file that only its owner can read. Throws when it exists, or the folder cannot be written. */
  static async create(file: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(file, 'wx', 0o600))
  }

  async begin(header: unknown): Promise<void> {
    await this.#write(MAGIC)
    await this.#block(Buffer.from(JSON.stringify(header)))
  }

  /** One table. */
  async stream(source: Readable): Promise<StreamFacts> {
    const sha256 = createHash('sha256')
    let bytes = 0
    const zstd = createZstdCompress(compression)
    source.on('data', (part: Buffer) => {
      sha256.update(part)
      bytes += part.length
    })
    source.on('error', (error) => zstd.destroy(error))
    source.pipe(zstd)
    // A zstd stream gives buffers.
    for await (const part of zstd) await this.#block(part as Buffer)
    await this.#write(Buffer.alloc(4))
    return { bytes, sha256: sha256.digest('hex') }
  }

  /** Everything is on the disk then. */
  async end(trailer: unknown): Promise<void> {
    await this.#block(Buffer.from(JSON.stringify(trailer)))
    await this.#write(this.#hash.copy().digest())
    await this.#file.sync()
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #block(bytes: Buffer): Promise<void> {
    await this.#write(lengthOf(bytes))
    await this.#write(bytes)
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    await this.#file.writeFile(bytes)
  }
}

/** Reads an archive in the order in which it was written, after it was found to be whole. */
export class ArchiveReader {
  readonly #file: FileHandle
  readonly #name: string
  #at = MAGIC.length

  private constructor(file: FileHandle, name: string) {
    this.#file = file
    this.#name = name
  }

  /** Compares the whole file with its checksum first. @throws AppError `backup-unreadable` */
  static async open(name: string): Promise<ArchiveReader> {
    const file = await open(name, 'r').catch((error: unknown) => {
      throw new AppError('backup-unreadable', { file: name, detail: messageOf(error) }, { cause: error })
    })
    try {
      await checkWhole(file, name)
      return new ArchiveReader(file, name)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** The next JSON part (header, trailer); its reader checks the shape. */
  async json(): Promise<unknown> {
    return JSON.parse((await this.#block()).toString())
  }

  /** The next table, compressed. */
  async *blocks(): AsyncGenerator<Buffer> {
    for (let block = await this.#block(); block.length > 0; block = await this.#block()) yield block
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #block(): Promise<Buffer> {
    const length = (await this.#read(4)).readUInt32BE()
    return this.#read(length)
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = length === 0 ? { bytesRead: 0 } : await this.#file.read(bytes, 0, length, this.#at)
    if (bytesRead !== length) throw new AppError('backup-unreadable', { file: this.#name, detail: 'it ends too early' })
    this.#at += length
    return bytes
  }
}

async function checkWhole(file: FileHandle, name: string): Promise<void> {
  const { size } = await file.stat()
  const unreadable = (detail: string) => new AppError('backup-unreadable', { file: name, detail })
  const magic = Buffer.alloc(MAGIC.length)
  await file.read(magic, 0, MAGIC.length, 0)
  if (!magic.equals(MAGIC)) throw unreadable('it does not begin like one')
  if (size < MAGIC.length + DIGEST) throw unreadable('it ends too early')
  const hash = createHash('sha256')
  for await (const part of createReadStream(name, { end: size - DIGEST - 1 })) hash.update(part as Buffer)
  const written = Buffer.alloc(DIGEST)
  await file.read(written, 0, DIGEST, size - DIGEST)
  if (!hash.digest().equals(written)) throw unreadable('its checksum is another')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
