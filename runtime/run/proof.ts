import { createHash, type Hash } from 'node:crypto'
import type { Slice } from '#runtime/sdk/index.ts'

/**
 * Proof of what was said in one call: SHA-256 over the request's bytes as the provider's session put them together, in the order in which
 * it told of them. A session that tells nothing (a plugin) is taken at its messages: key, address and text of each.
 */
export class Proof {
  #told: Hash | null = null

  /** For `session.send`: the body of a request, as it goes out. */
  readonly said = (body: Uint8Array | string): void => {
    this.#told ??= createHash('sha256')
    this.#told.update(body)
  }

  /** 32 bytes. Once. */
  digest(slice: Slice): Buffer {
    return this.#told ? this.#told.digest() : digestOf(slice)
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
  return createHash('sha256').update(said, 'utf16le').digest()
}
