import type { RunFrame } from '#schemas/frames.ts'

/** The newest snapshot of each run that somebody watches, and who is to be told. No React, no socket. */
export class FrameStore {
  readonly #frames = new Map<string, RunFrame>()
  readonly #listeners = new Map<string, Set<() => void>>()

  get(runId: string): RunFrame | null {
    return this.#frames.get(runId) ?? null
  }

  /** Takes a snapshot; one that is not newer than what is known is ignored (it was overtaken on its way). */
  put(frame: RunFrame): boolean {
    const known = this.#frames.get(frame.runId)
    if (known !== undefined && frame.version <= known.version) return false
    this.#frames.set(frame.runId, frame)
    for (const listener of this.#listeners.get(frame.runId) ?? []) listener()
    return true
  }

  listen(runId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set()
    this.#listeners.set(runId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(runId) === listeners) this.#listeners.delete(runId)
    }
  }

  /** Nobody watches the run any more: when somebody does again, the server may count its versions anew. */
  forget(runId: string): void {
    this.#frames.delete(runId)
  }

  /** After a lost connection versions may start anew (another server process): the next snapshot counts, whatever its number. */
  forgetVersions(): void {
    for (const [runId, frame] of this.#frames) this.#frames.set(runId, { ...frame, version: -1 })
  }
}
