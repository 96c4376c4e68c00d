import { createHash, hash, type Hash } from 'node:crypto'
import type { Slice } from '#runtime/sdk/index.ts'

/**
 * Proof of what was said in one call: SHA-256 over the request's bytes as the provider's session put them together. Of several requests:
 * SHA-256 over the proofs of each, in the order in which it told of them. A session that tells nothing (a plugin) is taken at its messages:
 * key, address and text of each.
 */
export class Proof {
  /** In hex: as a text it costs a third of what a buffer of its own does. */
  #first: string | null = null
  #all: Hash | null = null

  /** For `session.send`: the body of a request, as it goes out. */
  readonly said = (body: Uint8Array | string): void => {
    // In one go: a hash object is several times dearer than the hash of a short body.
    const one = hash('sha256', body)
    if (this.#first === null) {
      this.#first = one
      return
    }
    this.#all ??= createHash('sha256').update(this.#first, 'hex')
    this.#all.update(one, 'hex')
  }

  /** 32 bytes. Once. */
  digest(slice: Slice): Buffer {
    return this.#all?.digest() ?? (this.#first === null ? digestOf(slice) : Buffer.from(this.#first, 'hex'))
  }
}

// UTF-16, as the text lies in memory: no time goes into another encoding.
function digestOf(slice: Slice): Buffer {
  let said = ''
  for (const { key, to, composed } of slice.messages) {
    const { title, body, buttons } = composed.parts
    said += `${key}\u001f${to}\u001f${composed.kind}\u001f${title ?? ''}\u001f${body}\u001f`
    said += buttons ? `${JSON.stringify(buttons)}\u001e` : '\u001e'
  }
  return hash('sha256', Buffer.from(said, 'utf16le'), 'buffer')
}
