import type { Localized } from '#schemas/localized.ts'
import type { ImportNote } from '#schemas/three-step.ts'

/** Gathers what became of each part, in the order in which it happened; the same is said once. */
export class Notes {
  readonly #notes: ImportNote[] = []

  made(message: Localized, nodeId?: string): void {
    this.#add({ kind: 'made', message, ...(nodeId !== undefined && { nodeId }) })
  }

  warning(message: Localized, nodeId?: string): void {
    this.#add({ kind: 'warning', message, ...(nodeId !== undefined && { nodeId }) })
  }

  lost(message: Localized): void {
    this.#add({ kind: 'lost', message })
  }

  all(): ImportNote[] {
    return [...this.#notes]
  }

  #add(note: ImportNote): void {
    if (!this.#notes.some((one) => one.message.ko === note.message.ko && one.nodeId === note.nodeId)) this.#notes.push(note)
  }
}
