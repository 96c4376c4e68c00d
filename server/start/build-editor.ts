import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/config.ts'
import type { Log } from '#runtime/sdk/index.ts'

/** Where a change makes another editor. */
const sources = ['editor/src', 'editor/public', 'editor/index.html', 'schemas', 'vite.config.ts', 'package-lock.json']

/**
 * Builds the editor if it was never built, not built to the end, or its sources are newer. Throws what Vite said; where an
 * older whole build is there, that one goes on being served, with a warning.
 */
export async function ensureEditor(log: Log, signal: AbortSignal, folder = projectFolder): Promise<void> {
  if (!existsSync(join(folder, 'editor/index.html')) || isFresh(folder)) return
  const started = performance.now()
  log.info('Building the editor (only now, and after its sources changed) …')
  try {
    await build(folder, signal)
    log.info(`The editor was built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  } catch (error) {
    if (signal.aborted || !isWhole(join(folder, 'editor/dist'))) throw error
    log.warn('The editor could not be built; the one built before is served.', { error: String(error) })
  }
}

/** Is there a whole build, made after the last change of its sources? */
export function isFresh(folder: string): boolean {
  const built = join(folder, 'editor/dist')
  if (!isWhole(built)) return false
  const newest = Math.max(...sources.map((source) => newestChange(join(folder, source))))
  return statSync(join(built, 'index.html')).mtimeMs >= newest
}

/** A build that was broken off lacks files that its own list names. */
function isWhole(built: string): boolean {
  const list = join(built, '.vite/manifest.json')
  if (!existsSync(join(built, 'index.html')) || !existsSync(list)) return false
  try {
    // Vite's own list: each entry names its file.
    const manifest = JSON.parse(readFileSync(list, 'utf8')) as Record<string, { file: string }>
    return Object.values(manifest).every(({ file }) => existsSync(join(built, file)))
  } catch {
    return false
  }
}

function newestChange(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

/** Built aside and then put in place, so that a build that is broken off, or a second one beside it, harms nothing. */
async function build(folder: string, signal: AbortSignal): Promise<void> {
  const aside = join(folder, `node_modules/.cache/alimflow-editor-${process.pid}`)
  try {
    await runVite(folder, aside, signal)
    const built = join(folder, 'editor/dist')
    rmSync(built, { recursive: true, force: true })
    cpSync(aside, built, { recursive: true })
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function runVite(folder: string, outDir: string, signal: AbortSignal): Promise<void> {
  const vite = join(projectFolder, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir']
  const child = spawn(process.execPath, args, { cwd: folder, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const keep = (data: Buffer) => void (said = (said + data.toString()).slice(-20_000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`The editor could not be built (npm run build):\n${said.trim()}`)
}
