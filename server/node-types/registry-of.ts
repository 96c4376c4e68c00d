import { createRegistry, type Registry } from '#runtime/registry.ts'
import { databaseKinds } from '#server/connections/kinds.ts'
import { loadNodeTypes, type PluginPlaces } from './load.ts'

/**
 * All node types and providers that this process knows: what is built in, the plugin files and packages as they are now.
 * @param anew plugin files may have changed since this process imported them
 */
export async function registryOf(places: PluginPlaces, { anew = false } = {}): Promise<Registry> {
  const { nodes, providers, plugins, broken } = await loadNodeTypes(places, { anew })
  const registry = createRegistry({ nodes, providers, databases: databaseKinds, plugins })
  return { ...registry, broken: [...registry.broken, ...broken] }
}
