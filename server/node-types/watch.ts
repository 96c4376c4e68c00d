import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AppError, Log } from '#runtime/sdk/index.ts'
import { checkChanged } from './check-changed.ts'
import { pluginFiles } from './plugin-file.ts'

/** Folders are looked at, not listened to: shared folders of containers tell nothing by themselves. */
const LOOK_MS = 500

/** What became of the plugin files. */
export interface PluginChange {
  /** Files that were saved, made or removed since the last change that was taken. */
  readonly files: readonly string[]
  /** Files that cannot be used now. Where one of them worked before, everything stays as it was until it is mended. */
  readonly broken: ReadonlyMap<string, AppError>
  readonly taken: boolean
}

interface WatchOptions {
  /** Files that did not work before either: they hold nothing back. */
  readonly broken: readonly string[]
  readonly log: Log
  /** Changes that come while one is told wait for it. */
  readonly changed: (change: PluginChange) => Promise<void>
  readonly lookMs?: number
}

/** A folder as it was when it was first looked at: changes since then are told from `start` on. */
export interface PluginWatch {
  start(options: WatchOptions): void
  stop(): Promise<void>
}

/**
 * Watches the folder of node files. Each change is checked before it is told; a file that worked and does not any more holds everything back,
 * so that server and workers always have the same, whole set.
 */
export async function watchPlugins(pluginsDir: string): Promise<PluginWatch> {
  let known = await textsOf(pluginsDir)
  let taken = new Map(known)
  let stamp = await stampOf(pluginsDir)
  const broken = new Map<string, AppError>()
  const nameOf = (name: string): string => `${basename(pluginsDir)}/${name}`
  const worked = new Set(known.keys())

  async function look({ log, changed }: WatchOptions): Promise<void> {
    const nowStamp = await stampOf(pluginsDir)
    if (nowStamp === stamp) return
    stamp = nowStamp
    const now = await textsOf(pluginsDir)
    const since = different(known, now)
    if (since.length === 0) return
    known = now
    for (const name of since) {
      broken.delete(nameOf(name))
      const fault = now.has(name) ? await checkChanged(join(pluginsDir, name), nameOf(name)) : null
      if (fault === null) continue
      broken.set(nameOf(name), fault)
      log.warn(fault.message)
    }
    const isHeld = [...worked].some((name) => broken.has(nameOf(name)))
    const files = different(taken, now).map(nameOf)
    if (!isHeld) {
      taken = new Map(now)
      worked.clear()
      for (const name of now.keys()) if (!broken.has(nameOf(name))) worked.add(name)
      log.info(`Node files were loaded anew: ${files.join(', ')}`)
    }
    await changed({ files, broken: new Map(broken), taken: !isHeld })
  }

  let looking: Promise<void> = Promise.resolve()
  let busy = false
  let timer: NodeJS.Timeout | undefined
  return {
    start(options) {
      for (const name of known.keys()) if (options.broken.includes(nameOf(name))) worked.delete(name)
      const lookOnce = async (): Promise<void> => {
        busy = true
        try {
          await look(options)
        } catch (error) {
          options.log.warn('The plugin folder could not be looked at', { detail: String(error) })
        }
        busy = false
      }
      timer = setInterval(() => {
        if (!busy) looking = lookOnce()
      }, options.lookMs ?? LOOK_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/** Names, sizes and times of the files: as long as it is the same, nothing is read. */
async function stampOf(folder: string): Promise<string> {
  const names = await pluginFiles(folder)
  const facts = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)))
  return names.map((name, index) => `${name} ${facts[index]?.size} ${facts[index]?.mtimeMs}`).join('\n')
}

async function textsOf(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  // A file may be gone between the list and the reading: an editor saves by moving.
  for (const name of await pluginFiles(folder)) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => null)
    if (text !== null) texts.set(name, text)
  }
  return texts
}

const different = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name)).toSorted()
