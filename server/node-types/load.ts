import { basename, join } from 'node:path'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { faultOfNodeType } from '#runtime/node-faults.ts'
import type { PluginNode } from '#runtime/registry.ts'
import { AppError, type NodeType, type ProviderType } from '#runtime/sdk/index.ts'
import { broken, pluginFiles, readPluginFile, readPluginPackage, type PluginFile } from './plugin-file.ts'
import { faultOfProvider, looksLikeProvider } from './provider-faults.ts'

/** All that can stand in a graph and deliver: what is built in, and what files of the plugins folder and packages bring. */
export interface NodeTypes {
  readonly nodes: readonly NodeType[]
  /** Built-in ones first, then those of plugins. */
  readonly providers: readonly ProviderType[]
  /** Node types of plugins, for `createRegistry`. */
  readonly plugins: readonly PluginNode[]
  /** Files that cannot be used, and why (`plugin-broken`); they stop nothing else. */
  readonly broken: readonly BrokenFile[]
}

/** A file that cannot be used, and why. */
export interface BrokenFile {
  readonly file: string
  readonly error: AppError
}

/** Where plugins come from. */
export interface PluginPlaces {
  /** Full path; the files are named `plugins/x.ts` after its last part. */
  readonly pluginsDir: string
  /** Names of packages in node_modules. */
  readonly packages?: readonly string[]
  /** Files that are known to be broken, and are not to be touched. */
  readonly leaveOut?: readonly string[]
}

interface Loaded {
  readonly nodes: PluginNode[]
  readonly providers: ProviderType[]
  readonly broken: BrokenFile[]
}

/**
 * Imports every `*.ts`, `*.js` and `*.mjs` file of a folder, in the order of their names (not tests, not folders in it), then the packages.
 * A folder that does not exist holds no plugins. Never throws for a plugin.
 * @param anew files may have changed since they were imported in this process
 */
export async function loadNodeTypes(
  { pluginsDir, packages = [], leaveOut = [] }: PluginPlaces,
  { anew = false } = {},
): Promise<NodeTypes> {
  const loaded: Loaded = { nodes: [], providers: [], broken: [] }
  for (const name of await pluginFiles(pluginsDir)) {
    const file = `${basename(pluginsDir)}/${name}`
    if (leaveOut.includes(file)) continue
    await take(file, () => readPluginFile(join(pluginsDir, name), { file, anew }), loaded)
  }
  for (const name of packages) await take(name, () => readPluginPackage(name), loaded)
  return {
    nodes: builtInNodes,
    providers: [...builtInProviders, ...loaded.providers],
    plugins: loaded.nodes,
    broken: loaded.broken,
  }
}

/** A file counts as a whole: where one of the things it brings is broken, none is used. */
async function take(file: string, read: () => Promise<PluginFile>, loaded: Loaded): Promise<void> {
  try {
    const { hash, values } = await read()
    const kinds = [...builtInProviders, ...loaded.providers].map(({ kind }) => kind)
    for (const value of values) {
      const fault = looksLikeProvider(value) ? faultOfProvider(value, kinds) : faultOfNodeType(value)
      if (fault !== null) throw broken(file, fault)
    }
    // Every field that a provider must have was looked at.
    for (const value of values)
      if (looksLikeProvider(value)) loaded.providers.push(value as ProviderType)
      else loaded.nodes.push({ file, hash, type: value })
  } catch (error) {
    loaded.broken.push({ file, error: error instanceof AppError ? error : broken(file, String(error), error) })
  }
}
