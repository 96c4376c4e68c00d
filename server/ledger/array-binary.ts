// PostgreSQL arrays in the server's own binary form (array_send in src/backend/utils/adt/arrayfuncs.c): a Buffer as a parameter goes
// out as binary, so neither side writes or reads digits, and nothing needs quotes. All-null arrays are empty: unnest fills up with NULL.

const HEAD = 20
const OID = { int2: 21, int4: 23, int8: 20, text: 25 } as const

function head(buffer: Buffer, oid: number, { length, nulls }: { length: number; nulls: boolean }): void {
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(nulls ? 1 : 0, 4)
  buffer.writeInt32BE(oid, 8)
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
}

/** No element at all. */
function empty(oid: number): Buffer {
  const buffer = Buffer.alloc(12)
  buffer.writeInt32BE(oid, 8)
  return buffer
}

/** `int4[]`; null elements stay null, an array of nulls alone becomes empty. */
export function int4Array(values: readonly (number | null)[]): Buffer {
  return integers(values, { oid: OID.int4, width: 4, write: (buffer, value, at) => buffer.writeInt32BE(value, at) })
}

/** `int2[]`, likewise. */
export function int2Array(values: readonly (number | null)[]): Buffer {
  return integers(values, { oid: OID.int2, width: 2, write: (buffer, value, at) => buffer.writeInt16BE(value, at) })
}

/** `int8[]` of safe integers ≥ 0, likewise. */
export function int8Array(values: readonly (number | null)[]): Buffer {
  return integers(values, {
    oid: OID.int8,
    width: 8,
    write(buffer, value, at) {
      buffer.writeUInt32BE(Math.floor(value / 2 ** 32), at)
      buffer.writeUInt32BE(value % 2 ** 32, at + 4)
    },
  })
}

interface Form {
  readonly oid: number
  readonly width: number
  readonly write: (buffer: Buffer, value: number, at: number) => void
}

function integers(values: readonly (number | null)[], { oid, width, write }: Form): Buffer {
  let nulls = 0
  for (const value of values) if (value === null) nulls++
  if (nulls === values.length) return empty(oid)
  const buffer = Buffer.allocUnsafe(HEAD + values.length * 4 + (values.length - nulls) * width)
  head(buffer, oid, { length: values.length, nulls: nulls > 0 })
  let at = HEAD
  for (const value of values) {
    if (value === null) at = buffer.writeInt32BE(-1, at)
    else {
      at = buffer.writeInt32BE(width, at)
      write(buffer, value, at)
      at += width
    }
  }
  return buffer
}

/** `text[]`, likewise. PostgreSQL text cannot hold NUL: it is left out. */
export function textArray(values: readonly (string | null)[]): Buffer {
  let most = HEAD
  let nulls = 0
  for (const value of values) {
    if (value === null) nulls++
    most += 4 + (value === null ? 0 : value.length * 3)
  }
  if (nulls === values.length) return empty(OID.text)
  const buffer = Buffer.allocUnsafe(most)
  head(buffer, OID.text, { length: values.length, nulls: nulls > 0 })
  let at = HEAD
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at)
      continue
    }
    const bytes = buffer.write(value.includes('\u0000') ? value.replaceAll('\u0000', '') : value, at + 4)
    buffer.writeInt32BE(bytes, at)
    at += 4 + bytes
  }
  return buffer.subarray(0, at)
}
