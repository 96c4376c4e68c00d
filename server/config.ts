import { randomBytes } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { AppError } from '#runtime/sdk/index.ts'
import { keyFromFile, parseKey } from './secrets/key-file.ts'

/** The folder of the checkout: sources, node_modules, the built editor. */
export const projectFolder = resolve(import.meta.dirname, '..')

/** Where node files lie: ALIMFLOW_PLUGINS_DIR, default `plugins` in the project. */
export const pluginsFolder = (env: Env): string => resolve(env.ALIMFLOW_PLUGINS_DIR || join(projectFolder, 'plugins'))

/** ALIMFLOW_NODE_PACKAGES: packages of node types in node_modules, separated by commas. Throws `setting-invalid`. */
export function nodePackages(env: Env): string[] {
  const names = (env.ALIMFLOW_NODE_PACKAGES ?? '').split(',').flatMap((one) => one.trim() || [])
  const wrong = names.find((name) => !/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(name))
  if (wrong === undefined) return names
  throw invalid(
    'ALIMFLOW_NODE_PACKAGES',
    wrong,
    'write names of installed npm packages, separated by commas: acme-nodes,@shop/nodes',
  )
}

/** Everything that can be set from outside, checked. docs: README "Settings". */
export interface Config {
  /** PORT, default 3000; 0: any free one. */
  readonly port: number
  /** PUBLIC_PORT: where services outside come in, on the same HOST; null: nowhere. */
  readonly publicPort: number | null
  /** ALIMFLOW_TRUST_PROXY: addresses and ranges of proxies before the public door, whose X-Forwarded-For is believed; default none. */
  readonly trustedProxies: readonly string[]
  /** HOST, default 127.0.0.1: this machine only. */
  readonly host: string
  /** DATABASE_URL; null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null
  /** ALIMFLOW_DATA_DIR, absolute; default .alimflow in the project. */
  readonly dataDir: string
  /** ALIMFLOW_SECRET_KEY; null: the key file in the data folder. */
  readonly secretKey: Buffer | null
  /** ALIMFLOW_SAMPLE=off: no sample shop. */
  readonly sample: boolean
  /** ALIMFLOW_TOKEN: demanded from whoever opens the admin door; null: none given. */
  readonly token: string | null
  /** ALIMFLOW_WORKERS: worker processes that `start` and `worker` keep alive; default 1. */
  readonly workers: number
  /** ALIMFLOW_WORKER_LANES: lanes of bulk runs at once in each of them; default 8. */
  readonly workerLanes: number
  /** ALIMFLOW_LATE_AFTER_HOURS: a run on which nobody worked for so long is not sent without being asked; default 24. */
  readonly lateAfterHours: number
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads the settings. Throws `setting-invalid` with the name, the value and what to do; touches nothing. */
export function readConfig(env: Env): Config {
  const given = (name: string) => (env[name]?.trim() ? env[name].trim() : null)
  const secretKey = given('ALIMFLOW_SECRET_KEY')
  const dataDir = given('ALIMFLOW_DATA_DIR')
  return {
    port: readPort(given('PORT')),
    publicPort: readPublicPort(given('PUBLIC_PORT'), given('PORT')),
    trustedProxies: readProxies(given('ALIMFLOW_TRUST_PROXY')),
    host: readHost(given('HOST')),
    databaseUrl: readDatabaseUrl(given('DATABASE_URL')),
    dataDir: dataDir ? resolve(dataDir) : join(projectFolder, '.alimflow'),
    secretKey: secretKey === null ? null : parseKey(secretKey, 'ALIMFLOW_SECRET_KEY'),
    sample: readSample(given('ALIMFLOW_SAMPLE')),
    token: readToken(given('ALIMFLOW_TOKEN')),
    workers: readCount('ALIMFLOW_WORKERS', given('ALIMFLOW_WORKERS'), { most: 32, usual: 1 }),
    workerLanes: readCount('ALIMFLOW_WORKER_LANES', given('ALIMFLOW_WORKER_LANES'), { most: 64, usual: 8 }),
    lateAfterHours: readCount('ALIMFLOW_LATE_AFTER_HOURS', given('ALIMFLOW_LATE_AFTER_HOURS'), { most: 8760, usual: 24 }),
  }
}

function invalid(name: string, value: string, detail: string): AppError<'setting-invalid'> {
  return new AppError('setting-invalid', { name, value, detail })
}

function readCount(name: string, text: string | null, { most, usual }: { most: number; usual: number }): number {
  if (text === null) return usual
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text)
  throw invalid(name, text, `write a whole number from 1 to ${most}. Leave it out for ${usual}.`)
}

function readPort(text: string | null): number {
  if (text === null) return 3000
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw invalid('PORT', text, 'a port is a number from 1 to 65535. Leave it out for 3000.')
}

function readPublicPort(text: string | null, port: string | null): number | null {
  if (text === null) return null
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw invalid('PUBLIC_PORT', text, 'a port is a number from 1 to 65535. Leave it out if nobody outside is to reach Alimflow.')
  if (text !== '0' && text === (port ?? '3000'))
    throw invalid(
      'PUBLIC_PORT',
      text,
      'this is the port of the pages (PORT), which nobody outside should reach. Choose another one.',
    )
  return Number(text)
}

// Ranges only, never "everybody": whoever is believed can call himself by any address.
function readProxies(text: string | null): string[] {
  const proxies = (text ?? '').split(',').flatMap((one) => one.trim() || [])
  const wrong = proxies.find((one) => !isRange(one))
  if (wrong === undefined) return proxies
  throw invalid(
    'ALIMFLOW_TRUST_PROXY',
    wrong,
    'write the addresses or ranges of your proxies, separated by commas, for example 10.0.0.5,192.168.0.0/16. Leave it out where there is none.',
  )
}

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  if (most === undefined || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most)
}

function readHost(text: string | null): string {
  if (text === null) return '127.0.0.1'
  if (/^[\w.:-]+$/.test(text)) return text
  throw invalid('HOST', text, 'give one name or address without http:// and port, for example 127.0.0.1 or 0.0.0.0.')
}

function readDatabaseUrl(text: string | null): string | null {
  if (text === null) return text
  if (/^postgres(ql)?:\/\/./.test(text)) {
    // `user@/db?host=/run` is PostgreSQL's way to name a socket, though no host stands there.
    if (URL.canParse(text.replace('@/', '@socket/'))) return text
    // The address holds the password: it is not shown, only what usually breaks one.
    throw invalid(
      'DATABASE_URL',
      'postgresql:…',
      'it is no address. Write : / ? # @ [ ] and % in the name or password as %3A %2F %3F %23 %40 %5B %5D %25.',
    )
  }
  const scheme = /^\w+/.exec(text)?.[0] ?? ''
  throw invalid(
    'DATABASE_URL',
    `${scheme}…`,
    'it must begin with postgresql://, for example postgresql://user:password@host:5432/alimflow.',
  )
}

function readSample(text: string | null): boolean {
  if (text === null || text === 'on') return true
  if (text === 'off') return false
  throw invalid('ALIMFLOW_SAMPLE', text, 'write on or off.')
}

function readToken(text: string | null): string | null {
  if (text === null || /^[\x21-\x7e]{16,200}$/.test(text)) return text
  throw invalid('ALIMFLOW_TOKEN', '…', 'a token has 16 to 200 visible characters without spaces. Make one: openssl rand -hex 16')
}

/** Makes the data folder and checks that it can be written. Throws `folder-not-writable`. */
export function prepareDataDir(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('folder-not-writable', { folder, detail }, { cause: error })
  }
}

/** The platform's secret key: from the environment, else from the key file. */
export const secretKeyOf = (config: Config): Buffer => config.secretKey ?? keyFromFile(config.dataDir)

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

/** Is the admin door only open to programs of this machine? */
export const isLoopback = (host: string): boolean => loopback.test(host)

/**
 * What the admin door demands: ALIMFLOW_TOKEN; where HOST lets other machines in and none is given, one that is made at
 * the first start and kept in the data folder. Null: nothing is demanded. `made`: it is to be shown, now.
 */
export function accessToken(config: Config): { token: string | null; made: boolean } {
  if (config.token || isLoopback(config.host)) return { token: config.token, made: false }
  const file = join(config.dataDir, 'access-token')
  try {
    const token = randomBytes(24).toString('base64url')
    writeFileSync(file, `${token}\n`, { flag: 'wx', mode: 0o600 })
    return { token, made: true }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return { token: readFileSync(file, 'utf8').trim(), made: false }
  }
}
