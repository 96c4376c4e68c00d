import { randomBytes } from 'node:crypto'

/** A UUID of version 7: 48 bits of time in ms, the rest random. Ids made later sort later. */
export function uuidV7(now = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Can this be an id of ours? PostgreSQL refuses to compare an id with anything else. */
export const isUuid = (text: string): boolean => UUID.test(text)
