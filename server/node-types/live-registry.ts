import type { Registry } from '#runtime/registry.ts'
import type { BrokenFile } from './load.ts'

/** A registry that can be changed for another one while the product runs; whoever holds it sees the newest. */
export interface LiveRegistry extends Registry {
  /** Counts the changes; texts and files that broke count too. */
  readonly version: number
  replace(next: Registry): void
  /** The same node types, and what is known of broken files now. */
  mark(broken: readonly BrokenFile[]): void
  /** Called after each change; the answer stops it. */
  onChange(listener: () => void): () => void
}

/** Puts one handle before the registries that follow each other. */
export function liveRegistry(first: Registry): LiveRegistry {
  let current = first
  let version = 1
  const listeners = new Set<() => void>()
  const put = (next: Registry): void => {
    current = next
    version += 1
    for (const listener of listeners) listener()
  }
  return {
    node: (type) => current.node(type),
    provider: (kind) => current.provider(kind),
    descriptors: () => current.descriptors(),
    connectionKinds: () => current.connectionKinds(),
    get broken() {
      return current.broken
    },
    get version() {
      return version
    },
    replace: put,
    mark: (broken) => put({ ...current, broken }),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
