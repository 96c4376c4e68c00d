import type { Described, Known, KnownConnection, KnownList } from '#runtime/sdk/index.ts'

/** What was learned from outside about the nodes of one graph; plain data, collected before (`describeAll`). */
export interface KnownFacts {
  /** By node id. */
  readonly described: Readonly<Record<string, Described>>
  /** Nodes that were asked and could not be described; their errors are problems of their own. */
  readonly failed: ReadonlySet<string>
  readonly timezone: string
  connection(id: string): KnownConnection | null
  list(id: string): KnownList | null
}

/** The facts as one node sees them. */
export function knownFor(facts: KnownFacts, nodeId: string): Known {
  return {
    described: facts.described[nodeId] ?? null,
    describeFailed: facts.failed.has(nodeId),
    timezone: facts.timezone,
    connection: (id) => facts.connection(id),
    list: (id) => facts.list(id),
  }
}
