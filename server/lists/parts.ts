import { randomBytes } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Box } from '#server/secrets/box.ts'
import { openWith, sealWith } from '#server/secrets/box.ts'
import type { Cells } from './check-rows.ts'

/** Rows that are stored, read and held in memory together. */
export const PART_ROWS = 1_000

const compression = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

/** Where a part lies: binds its bytes to their row, so that they open nowhere else. */
export interface PartPlace {
  readonly listId: string
  readonly version: number
  readonly no: number
}

/** A new list's data key: plain for the one who makes the list, sealed for its row. */
export function makeListKey(box: Box, listId: string): { key: Buffer; sealed: Buffer } {
  const key = randomBytes(32)
  return { key, sealed: box.seal(key, `list:${listId}`) }
}

/** @throws AppError `secret-unreadable` */
export function openListKey(box: Box, listId: string, sealed: Uint8Array): Buffer {
  return box.open(sealed, `list:${listId}`)
}

/** JSON, zstd, AES-256-GCM with the list's key. */
export function encodePart(key: Buffer, place: PartPlace, rows: readonly Cells[]): Buffer {
  return sealWith(key, zstdCompressSync(JSON.stringify(rows), compression), aad(place))
}

/** @throws AppError `secret-unreadable` for changed bytes or another place */
export function decodePart(key: Buffer, place: PartPlace, bytes: Uint8Array): Cells[] {
  // Our own JSON; the tag of the encryption proves that nobody changed it.
  return JSON.parse(zstdDecompressSync(openWith(key, bytes, aad(place))).toString()) as Cells[]
}

const aad = ({ listId, version, no }: PartPlace): string => `list-part:${listId}:${version}:${no}`
