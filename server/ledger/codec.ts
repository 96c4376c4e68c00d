import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib'
import type { Answers } from '#runtime/run/ledger.ts'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import { openWith, sealWith } from '#server/secrets/box.ts'
import { readColumns, writeColumns } from './columns.ts'

// Level 1: 264,000 rows/s; higher levels cost more than they save (durable-run.md section 3).
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** A chunk's place: binds the bytes to their row, so that they open nowhere else. */
export interface ChunkPlace {
  readonly runNo: number
  readonly nodeNo: number
  readonly no: number
}

/** Columns (./columns.ts), zstd, AES-256-GCM with the run's data key. */
export function encodeChunk(key: Buffer, place: ChunkPlace, rows: ChunkRows): Buffer {
  return sealWith(key, zstdCompressSync(writeColumns(rows), compression), aad('rows', place))
}

/** Throws `secret-unreadable` for changed bytes or another place. */
export function decodeChunk(key: Buffer, place: ChunkPlace, bytes: Uint8Array): ChunkRows {
  // We wrote it, and the tag of the encryption proves that nobody changed it.
  return readColumns(zstdDecompressSync(openWith(key, bytes, aad('rows', place))))
}

/** Frozen answers of a chunk, in the same form. */
export function encodeAnswers(key: Buffer, place: ChunkPlace, answers: Answers): Buffer {
  return pack(key, answers, aad('answers', place))
}

/** Throws like decodeChunk. */
export function decodeAnswers(key: Buffer, place: ChunkPlace, bytes: Uint8Array): Answers {
  // As above: authenticated bytes of our own.
  return unpack(key, bytes, aad('answers', place)) as Answers
}

function aad(what: string, place: ChunkPlace): string {
  return `${what}:${place.runNo}:${place.nodeNo}:${place.no}`
}

function pack(key: Buffer, value: unknown, place: string): Buffer {
  return sealWith(key, zstdCompressSync(JSON.stringify(value), compression), place)
}

function unpack(key: Buffer, bytes: Uint8Array, place: string): unknown {
  return JSON.parse(zstdDecompressSync(openWith(key, bytes, place)).toString())
}
