import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** What a call brought in, as it stands in the log: written before the call is answered, and there after any death of the fake. */
export interface Accepted {
  readonly handle: string
  readonly keys: readonly string[]
  readonly to: readonly string[]
}

/** The accepted calls of a fake provider: one line of JSON each. A line that a kill cut off was never accepted. */
export class AcceptedLog {
  readonly #file: string
  /** The provider's id by our key; a later acceptance of the same key does not replace the first one. */
  readonly ids = new Map<string, string>()
  readonly byHandle = new Map<string, readonly string[]>()

  constructor(file: string) {
    this.#file = file
    for (const call of readAccepted(file)) this.#keep(call)
  }

  add(call: Accepted): void {
    appendFileSync(this.#file, `${JSON.stringify(call)}\n`)
    this.#keep(call)
  }

  #keep({ handle, keys }: Accepted): void {
    this.byHandle.set(handle, [...(this.byHandle.get(handle) ?? []), ...keys])
    for (const key of keys) if (!this.ids.has(key)) this.ids.set(key, `F${this.ids.size + 1}`)
  }
}

/** All accepted calls in the log, in order. */
export function readAccepted(file: string): Accepted[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        // Written by `add`; a fake that went on after a kill may have continued a half line.
        return [JSON.parse(line) as Accepted]
      } catch {
        return []
      }
    })
}
