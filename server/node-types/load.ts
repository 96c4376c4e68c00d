import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { faultOfNodeType } from '#runtime/node-faults.ts'
import type { PluginNode } from '#runtime/registry.ts'
import { AppError, type NodeType, type ProviderType } from '#runtime/sdk/index.ts'
import { faultOfProvider, looksLikeProvider } from './provider-faults.ts'

/** A plugin that waits for something while it is imported must not hold up the start for longer, ms. */
const IMPORT_TIMEOUT_MS = 10_000

/** All that can stand in a graph and deliver: what is built in, and what the files of the plugins folder bring. */
export interface NodeTypes {
  readonly nodes: readonly NodeType[]
  /** Built-in ones first, then those of plugins. */
  readonly providers: readonly ProviderType[]
  /** Node types of plugins, for `createRegistry`. */
  readonly plugins: readonly PluginNode[]
  /** Files that cannot be used, and why (`plugin-broken`); they stop nothing else. */
  readonly broken: readonly { readonly file: string; readonly error: AppError }[]
}

interface Loaded {
  readonly nodes: PluginNode[]
  readonly providers: { readonly file: string; readonly provider: ProviderType }[]
  readonly broken: { file: string; error: AppError }[]
}

/**
 * Imports every `*.ts`, `*.js` and `*.mjs` file of a folder, in the order of their names (not tests, not folders in it). A folder that
 * does not exist holds no plugins. Never throws for a plugin.
 * @param pluginsDir full path; the files are named `plugins/x.ts` after its last part
 */
export async function loadNodeTypes({ pluginsDir }: { pluginsDir: string }): Promise<NodeTypes> {
  const loaded: Loaded = { nodes: [], providers: [], broken: [] }
  for (const name of await pluginFiles(pluginsDir)) {
    const file = `${basename(pluginsDir)}/${name}`
    try {
      await loadFile({ path: join(pluginsDir, name), file }, loaded)
    } catch (error) {
      loaded.broken.push({ file, error: error instanceof AppError ? error : broken(file, inWords(error, pluginsDir), error) })
    }
  }
  return {
    nodes: builtInNodes,
    providers: [...builtInProviders, ...loaded.providers.map(({ provider }) => provider)],
    plugins: loaded.nodes,
    broken: loaded.broken,
  }
}

async function pluginFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
    return names.filter((name) => /\.(ts|js|mjs)$/.test(name) && !/\.(test|spec|d)\.\w+$/.test(name)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function loadFile({ path, file }: { path: string; file: string }, loaded: Loaded): Promise<void> {
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 16)
  const value = await importDefault(path, file)
  if (looksLikeProvider(value)) {
    const taken = [...builtInProviders.map(({ kind }) => kind), ...loaded.providers.map(({ provider }) => provider.kind)]
    const fault = faultOfProvider(value, taken)
    if (fault !== null) throw broken(file, fault)
    // Every field that a provider must have was looked at.
    loaded.providers.push({ file, provider: value as ProviderType })
    return
  }
  const fault = faultOfNodeType(value)
  if (fault !== null) throw broken(file, fault)
  loaded.nodes.push({ file, hash, type: value })
}

async function importDefault(path: string, file: string): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const detail = `it was not ready after ${IMPORT_TIMEOUT_MS / 1000} s. Nothing may be awaited at the top of the file.`
    timer = setTimeout(() => reject(broken(file, detail)), IMPORT_TIMEOUT_MS)
  })
  try {
    const module = (await Promise.race([import(pathToFileURL(path).href), late])) as { default?: unknown }
    if (module.default === undefined)
      throw broken(file, 'It has no default export. End it with `export default defineNode({ … })`.')
    return module.default
  } finally {
    clearTimeout(timer)
  }
}

function broken(file: string, detail: string, cause?: unknown): AppError {
  return new AppError('plugin-broken', { file, detail }, cause === undefined ? {} : { cause })
}

/** What went wrong while importing, without the place of the installation in it. */
function inWords(error: unknown, pluginsDir: string): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll(pathToFileURL(dirname(pluginsDir)).href, '').replaceAll(dirname(pluginsDir), '')
}
