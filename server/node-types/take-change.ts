import type { LiveRegistry } from './live-registry.ts'
import type { PluginPlaces } from './load.ts'
import { registryOf } from './registry-of.ts'
import type { PluginChange } from './watch.ts'

/** Brings a server's registry to what a change of the plugin files made of it; a change that is held back only names what is broken. */
export async function takeChange(registry: LiveRegistry, change: PluginChange, places: PluginPlaces): Promise<void> {
  const broken = [...change.broken].map(([file, error]) => ({ file, error }))
  if (!change.taken) {
    const others = registry.broken.filter(({ file }) => !change.broken.has(file) && !change.files.includes(file))
    registry.mark([...others, ...broken])
    return
  }
  const next = await registryOf({ ...places, leaveOut: [...change.broken.keys()] }, { anew: true })
  registry.replace({ ...next, broken: [...next.broken, ...broken] })
}
