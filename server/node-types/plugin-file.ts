import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Type from 'typebox'
import { field } from '#schemas/form.ts'
import * as publicApi from '#runtime/sdk/index.ts'
import { AppError } from '#runtime/sdk/index.ts'

/** A plugin that waits for something while it is imported must not hold up the start for longer, ms. */
const IMPORT_TIMEOUT_MS = 10_000

/** What a file or package brings. */
export interface PluginFile {
  /** How it is named to people: `plugins/x.ts`, `acme-nodes`. */
  readonly file: string
  /** Of its text: runs are pinned to it. */
  readonly hash: string
  /** Its default export, unfolded: whatever it is. */
  readonly values: readonly unknown[]
}

/** Names of the node files of a folder (not tests, not folders in it), in order. A folder that does not exist has none. */
export async function pluginFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
    return names.filter((name) => /\.(ts|js|mjs)$/.test(name) && !/\.(test|spec|d)\.\w+$/.test(name)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * Imports one file of a folder. Node keeps what it imported, so a file that changed is imported under the name of its new text.
 * @throws AppError `plugin-broken`
 */
export async function readPluginFile(
  path: string,
  { file, anew = false }: { file: string; anew?: boolean },
): Promise<PluginFile> {
  const folder = dirname(path)
  try {
    const hash = hashOf(await readFile(path))
    const url = pathToFileURL(path)
    if (anew) url.searchParams.set('text', hash)
    return { file, hash, values: await importValues(url.href, file) }
  } catch (error) {
    throw error instanceof AppError ? error : broken(file, inWords(error, folder), error)
  }
}

/**
 * Imports a package of node types from node_modules. @throws AppError `plugin-broken`
 * @param name as npm knows it
 */
export async function readPluginPackage(name: string): Promise<PluginFile> {
  try {
    const url = import.meta.resolve(name)
    const path = fileURLToPath(url)
    return { file: name, hash: hashOf(await readFile(path)), values: await importValues(url, name) }
  } catch (error) {
    if (error instanceof AppError) throw error
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    throw broken(name, isMissing ? `It is not installed. Run: npm install ${name}` : inWords(error, process.cwd()), error)
  }
}

const hashOf = (text: Buffer): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

async function importValues(url: string, file: string): Promise<unknown[]> {
  const value = await importDefault(url, file)
  // A package cannot import the API of the Alimflow it is used in: it may be given it.
  const made: unknown =
    typeof value === 'function' ? await (value as (api: object) => unknown)({ ...publicApi, Type, field }) : value
  return Array.isArray(made) ? made : [made]
}

async function importDefault(url: string, file: string): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const detail = `it was not ready after ${IMPORT_TIMEOUT_MS / 1000} s. Nothing may be awaited at the top of the file.`
    timer = setTimeout(() => reject(broken(file, detail)), IMPORT_TIMEOUT_MS)
  })
  try {
    const module = (await Promise.race([import(url), late])) as { default?: unknown }
    if (module.default === undefined)
      throw broken(file, 'It has no default export. End it with `export default defineNode({ … })`.')
    return module.default
  } finally {
    clearTimeout(timer)
  }
}

export function broken(file: string, detail: string, cause?: unknown): AppError {
  return new AppError('plugin-broken', { file, detail }, cause === undefined ? {} : { cause })
}

/** What went wrong while importing, without the place of the installation in it. */
function inWords(error: unknown, folder: string): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const home = dirname(folder)
  return text
    .replaceAll(pathToFileURL(home).href, '')
    .replaceAll(home, '')
    .replace(/\?text=[0-9a-f]{16}/g, '')
}
