import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '#runtime/sdk/index.ts'

// A sealed box: key id (1 byte) · nonce (12) · ciphertext · tag (16). AES-256-GCM.
const nonceLength = 12
const tagLength = 16

/** Length of the platform's secret key in bytes. */
export const keyLength = 32

/** What a key is used for: each purpose has a key of its own, so that a box of one never opens as another. */
export type Purpose = 'connection' | 'list-key' | 'run-key' | 'workspace' | 'session' | 'pinned-sample'

/**
 * The platform's keys: the first seals, all open. While a key is being replaced the old one stays behind the new one;
 * the key id in a box says which is meant.
 */
export interface KeyRing {
  readonly keys: readonly { readonly id: number; readonly key: Buffer }[]
}

export interface Box {
  /** Encrypts; `aad` binds the box to its place (`connection:<id>`), so that it cannot be copied to another row. */
  seal(plain: Buffer | string, aad: string): Buffer
  /** Throws `secret-unreadable` for a changed box, another `aad`, or a key that is gone. */
  open(sealed: Uint8Array, aad: string): Buffer
}

/** A ring of the one key in use. */
export const keyRing = (key: Buffer): KeyRing => ({ keys: [{ id: 1, key }] })

/** A key of `bytes` length for a purpose, derived with HKDF-SHA-256: the same ring and purpose give the same key. */
export function deriveKey(key: Buffer, purpose: string, bytes = keyLength): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `alimflow ${purpose} 1`, bytes))
}

/** The box of a purpose. */
export function createBox(ring: KeyRing, purpose: Purpose): Box {
  const keys = new Map(ring.keys.map(({ id, key }) => [id, deriveKey(key, purpose)]))
  const newest = ring.keys[0]
  const sealing = newest && keys.get(newest.id)
  if (!newest || !sealing) throw new Error('a key ring without a key')
  return {
    seal: (plain, aad) => Buffer.concat([Buffer.of(newest.id), sealWith(sealing, plain, aad)]),
    open(sealed, aad) {
      const key = keys.get(sealed[0] ?? 0)
      if (!key) throw new AppError('secret-unreadable', {})
      return openWith(key, sealed.subarray(1), aad)
    },
  }
}

/** Seals with a key of one's own (a run's data key): nonce · ciphertext · tag, without key id. */
export function sealWith(key: Buffer, plain: Buffer | string, aad: string): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad))
  const text = typeof plain === 'string' ? Buffer.from(plain) : plain
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealWith` made. Throws `secret-unreadable`. */
export function openWith(key: Buffer, sealed: Uint8Array, aad: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    decipher.setAAD(Buffer.from(aad))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)), decipher.final()])
  } catch (error) {
    throw new AppError('secret-unreadable', {}, { cause: error })
  }
}
