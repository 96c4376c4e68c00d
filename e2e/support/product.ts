import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#server/config.ts'

/** The real product as `npm start` runs it: supervisor, server, worker, embedded database, sample shop. */
export interface Product {
  /** Where the pages are, without a slash at the end. */
  readonly url: string
  /** JSON of the REST API; throws with what the server said. For preparing a case, never instead of what a person does. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** A new workflow from a document, as an import makes it; its id. */
  readonly addWorkflow: (document: object) => Promise<string>
  /** Ends server and worker as Ctrl-C does; the data stays. */
  readonly stop: () => Promise<void>
  /** After `stop`: the same address and data again. */
  readonly startAgain: () => Promise<void>
  /** Stops and throws the data away. */
  readonly end: () => Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly ended: Promise<void>
}

const START_MS = 110_000

function start(dataDir: string, port: string, more: Readonly<Record<string, string>>): Promise<Running> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: projectFolder,
    env: { PATH, HOME, LANG: 'C.UTF-8', PORT: port, ALIMFLOW_DATA_DIR: dataDir, ALIMFLOW_SAMPLE: 'on', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`${why}:\n${said}`))
    const timer = setTimeout(() => fail(`Alimflow was not ready within ${START_MS / 1000} s`), START_MS)
    const hear = (data: Buffer) => {
      said += data.toString()
      const url = /Alimflow is ready: (http:\/\/[^\s/]+)\//.exec(said)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve({ child, url, ended })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`Alimflow ended with ${code}`)
    })
  })
}

export interface StartOptions {
  /** Leave the greeting of the very first start; else somebody went past it, and `/` is the list of workflows. */
  readonly greets?: boolean
}

/** Starts the product on a new data folder of its own and a free port, with `more` in its environment; `end()` it in `afterAll`. */
export async function startProduct(
  more: Readonly<Record<string, string>> = {},
  { greets = false }: StartOptions = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-e2e-'))
  // As root the embedded database runs under an account of its own, which must be able to pass.
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  let running = await start(dataDir, '0', more)
  const { url } = running
  if (!greets) await ask(url, { method: 'PUT', path: '/api/settings', body: { welcome: null } })
  const stop = async () => {
    running.child.kill('SIGTERM')
    await running.ended
  }
  return {
    url,
    api: (method, path, body) => ask(url, { method, path, body }),
    addWorkflow: async (document) => {
      // The answer is schemas/api/workflows.ts' Workflow; its id is all we need.
      const made = (await ask(url, { method: 'POST', path: '/api/workflows', body: document })) as { id: string }
      return made.id
    },
    stop,
    startAgain: async () => {
      running = await start(dataDir, new URL(url).port, more)
    },
    end: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ask(url: string, { method, path, body }: { method: string; path: string; body: unknown }): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}
