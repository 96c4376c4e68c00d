import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { AppError } from '#runtime/sdk/index.ts'
import { deriveKey } from '#server/secrets/box.ts'

/** The first part of a backup: what is in it, and what is needed to restore it. */
export const Manifest = Type.Object({
  format: Type.Literal(1),
  /** Version of the product. */
  version: Type.String(),
  at: Type.String(),
  /** Steps of the schema, oldest first. */
  migrations: Type.Array(Type.String()),
  /** The secret key is not in the file; this says which one it needs. */
  keyFingerprint: Type.String(),
  /** Months since 2020-01 with partitions. */
  months: Type.Array(Type.Integer()),
  /** In the order in which they are written: what others refer to comes first. */
  tables: Type.Array(Type.Object({ name: Type.String(), columns: Type.Array(Type.String()) })),
  sequences: Type.Record(Type.String(), Type.Object({ last: Type.String(), called: Type.Boolean() })),
})
export type Manifest = Static<typeof Manifest>

/** The last part: what was written, table by table. */
export const Trailer = Type.Object({
  tables: Type.Record(Type.String(), Type.Object({ rows: Type.Integer(), bytes: Type.Integer(), sha256: Type.String() })),
})
export type Trailer = Static<typeof Trailer>

/** @throws AppError `backup-unreadable` */
export function readManifest(value: unknown, file: string): Manifest {
  if (Value.Check(Manifest, value)) return value
  throw new AppError('backup-unreadable', { file, detail: 'its list of contents is of another version' })
}

/** @throws AppError `backup-unreadable` */
export function readTrailer(value: unknown, file: string): Trailer {
  if (Value.Check(Trailer, value)) return value
  throw new AppError('backup-unreadable', { file, detail: 'its list of checksums is of another version' })
}

/** Sixteen hexadecimal digits that tell keys apart and say nothing about them. */
export function keyFingerprint(secretKey: Buffer): string {
  return deriveKey(secretKey, 'fingerprint', 8).toString('hex')
}
