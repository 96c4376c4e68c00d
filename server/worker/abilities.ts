import type { Registry } from '#runtime/registry.ts'
import type { Pinned } from '#schemas/pinned.ts'

/** Node types that a run needs or a worker has: newest version, and the hash of the file where it is a plugin's. */
export type NodeTypesNeeded = Pinned['nodeTypes']

/** What a worker can do, as it is kept with the worker: `filter@2`, for a plugin `postcard@1#<hash of the file>`. */
export function abilitiesOf(registry: Pick<Registry, 'descriptors'>): string[] {
  return registry
    .descriptors()
    .map(({ type, version, plugin }) => (plugin ? `${type}@${version}#${plugin.hash}` : `${type}@${version}`))
    .toSorted()
}

/**
 * The node types of a pinned run that these abilities lack, in the words of the graph: `postcard`, or `postcard (another file)` where the
 * plugin was changed since. A newer version of a built-in type reads what an older one saved; a plugin must be the same file.
 */
export function missingTypes(needed: NodeTypesNeeded, abilities: readonly string[]): string[] {
  const has = new Map(abilities.map((ability) => [ability.slice(0, ability.indexOf('@')), ability] as const))
  return Object.entries(needed).flatMap(([type, { version, hash }]) => {
    const [, own = '', file] = /@(\d+)(?:#(.*))?$/.exec(has.get(type) ?? '') ?? []
    if (own === '') return [type]
    if ((file ?? null) !== hash) return [`${type} (another file)`]
    return Number(own) < version ? [`${type} ${version}`] : []
  })
}
