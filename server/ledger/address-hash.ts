import { createCipheriv } from 'node:crypto'
import { hash as digest } from 'node:crypto'
import { deriveKey } from '#server/secrets/box.ts'

const BLOCK = 16
const kinds: Readonly<Record<string, number>> = { phone: 1, email: 2, token: 3 }

/** Hashes addresses of one workspace: the same person gives the same number in every run and channel. */
export interface AddressHash {
  /**
   * 52-bit keyed one-way numbers of normalised addresses (E.164, lower case); null stays null. One cipher call for all of them.
   */
  (kind: string, addresses: readonly (string | null)[]): (number | null)[]
}

/**
 * Each address becomes one block of 16 bytes (its kind and up to 15 digits; a longer one its digest), and one AES pass under the
 * workspace's key turns all blocks into numbers: a keyed one-way function at 0.1–0.2 µs an address, where an HMAC each costs 5.
 */
export function createAddressHash(workspaceKey: Buffer): AddressHash {
  const key = deriveKey(workspaceKey, 'address hash')
  return (kind, addresses) => {
    const blocks = Buffer.alloc(addresses.length * BLOCK)
    for (let index = 0; index < addresses.length; index++)
      writeBlock(blocks, index * BLOCK, { kind, address: addresses[index] ?? null })
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
    const mixed = cipher.update(blocks)
    return addresses.map((address, index) => (address === null ? null : number52(mixed, index * BLOCK)))
  }
}

function writeBlock(blocks: Buffer, offset: number, { kind, address }: { kind: string; address: string | null }): void {
  if (address === null) return
  const text = address.startsWith('+') ? address.slice(1) : address
  blocks[offset] = kinds[kind] ?? 0
  if (/^\d{1,15}$/.test(text)) blocks.write(text, offset + 1, 'latin1')
  else digest('sha256', `${kind} ${text}`, 'buffer').copy(blocks, offset + 1, 0, BLOCK - 1)
}

/** The first 52 bits: a safe integer in JavaScript, a bigint in the database. */
function number52(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * 2 ** 20 + (bytes.readUInt32BE(offset + 4) >>> 12)
}
