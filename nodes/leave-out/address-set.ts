import { createHash } from 'node:crypto'

/**
 * A set of texts kept as 8-byte hashes in one typed array with open addressing: a million keys cost 16 MB where a Set of strings costs ten
 * times that. With 64 bits, two of a million different addresses meet with a chance of about 1 in 30 million.
 */
export class HashSet64 {
  #slots = new BigUint64Array(1024)
  #count = 0

  /** Adds a key. @returns false if it was there already */
  add(key: string): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow()
    const added = put(this.#slots, hash64(key))
    if (added) this.#count++
    return added
  }

  has(key: string): boolean {
    const hash = hash64(key)
    const mask = BigInt(this.#slots.length - 1)
    for (let at = hash & mask; ; at = (at + 1n) & mask) {
      const slot = this.#slots[Number(at)]
      if (slot === 0n || slot === undefined) return false
      if (slot === hash) return true
    }
  }

  #grow(): void {
    const bigger = new BigUint64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0n) put(bigger, hash)
    this.#slots = bigger
  }
}

function put(slots: BigUint64Array, hash: bigint): boolean {
  const mask = BigInt(slots.length - 1)
  for (let at = hash & mask; ; at = (at + 1n) & mask) {
    const slot = slots[Number(at)]
    if (slot === hash) return false
    if (slot === 0n || slot === undefined) {
      slots[Number(at)] = hash
      return true
    }
  }
}

/** Zero marks an empty slot, so it is never a hash. */
function hash64(key: string): bigint {
  const hash = createHash('sha1').update(key).digest().readBigUInt64LE(0)
  return hash === 0n ? 1n : hash
}
