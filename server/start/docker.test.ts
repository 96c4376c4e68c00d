import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder, readConfig } from '#server/config.ts'
import { longestStopMs } from './worker-child.ts'

// No Docker is needed here: what the files say is compared with what the product reads.

interface Service {
  readonly image: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly restart?: string
  readonly init?: boolean
  readonly stop_grace_period?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number }
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const read = (file: string): string => readFileSync(join(projectFolder, file), 'utf8')
// The file is ours; its shape is what is checked below.
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose
const services = Object.entries(compose.services)
const service = (name: string): Service => {
  const found = compose.services[name]
  if (!found) throw new Error(`There is no service ${name}`)
  return found
}
const given = {
  POSTGRES_PASSWORD: 'p'.repeat(32),
  ALIMFLOW_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
  ALIMFLOW_TOKEN: 't'.repeat(32),
}
/** Environment as Compose gives it, with the settings of .env filled in. */
const filled = (environment: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+):\?[^}]*\}/g, (_, wanted: keyof typeof given) => given[wanted]),
    ]),
  )

test('what the issue asks for is there: PostgreSQL, MySQL with the sample shop, the application, one worker more', () => {
  expect(Object.keys(compose.services).toSorted()).toEqual(['app', 'postgres', 'shop', 'shop-sql', 'worker'])
  expect([service('app').command, service('worker').command]).toEqual([['start'], ['worker']])
})

test('images are pinned to a version', () => {
  for (const [name, { image }] of services) expect(image, name).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
  const from = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map((match) => match[1])
  expect(new Set(from)).toEqual(new Set([`node:${process.versions.node}-bookworm-slim`]))
})

test('every setting is one that the product reads, and every value one that it takes', () => {
  const known = new Set([...read('server/config.ts').matchAll(/given\('([A-Z_]+)'\)/g)].map((match) => match[1]))
  for (const name of ['app', 'worker']) {
    const environment = service(name).environment ?? {}
    for (const key of Object.keys(environment)) expect(known, `${name}: ${key}`).toContain(key)
    expect(readConfig(filled(environment))).toMatchObject({ sample: false, workers: 1, workerLanes: 8 })
  }
  const image = Object.fromEntries(
    [...(/^ENV (.+)$/m.exec(read('Dockerfile'))?.[1]?.matchAll(/(\w+)=(\S+)/g) ?? [])].map(([, key, value]) => [key, value]),
  )
  expect(readConfig(image)).toMatchObject({ host: '0.0.0.0', port: 3000, dataDir: '/data' })
})

test('application and worker share database, key and plugins; the door has a token and is open to this machine only', () => {
  const [app, worker] = [service('app'), service('worker')]
  for (const name of ['DATABASE_URL', 'ALIMFLOW_SECRET_KEY']) expect(worker.environment?.[name]).toBe(app.environment?.[name])
  const url = new URL(filled(app.environment)['DATABASE_URL'] ?? '')
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = filled(service('postgres').environment)
  expect([url.hostname, url.username, url.password, url.pathname]).toEqual([
    'postgres',
    POSTGRES_USER,
    POSTGRES_PASSWORD,
    `/${POSTGRES_DB}`,
  ])
  for (const { volumes } of [app, worker]) expect(volumes).toContain('./plugins:/app/plugins:ro')
  expect(readConfig(filled(app.environment)).token).toBe(given.ALIMFLOW_TOKEN)
  expect(app.ports).toEqual(['127.0.0.1:3000:3000'])
})

test('volumes are declared and used, folders of the checkout exist', () => {
  const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''))
  expect(new Set(used.filter((name) => !name.startsWith('.')))).toEqual(new Set(Object.keys(compose.volumes)))
  for (const folder of used.filter((name) => name.startsWith('.')))
    expect(existsSync(join(projectFolder, folder)), folder).toBe(true)
})

test('who waits for somebody waits for something that can come true', () => {
  for (const [name, { depends_on = {} }] of services)
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const target = service(other)
      if (condition === 'service_healthy') expect(target.healthcheck?.retries, `${name} → ${other}`).toBeGreaterThan(0)
      else expect([condition, target.restart], `${name} → ${other}`).toEqual(['service_completed_successfully', 'no'])
    }
  expect(Object.keys(service('worker').depends_on ?? {})).toEqual(['postgres', 'app'])
})

test('health is asked of programs that exist; a stop has the time that it needs', () => {
  for (const name of ['app', 'worker']) {
    const { healthcheck, stop_grace_period: grace, init } = service(name)
    expect(existsSync(join(projectFolder, healthcheck?.test[2] ?? '?')), name).toBe(true)
    expect(Number.parseInt(grace ?? '0') * 1000, name).toBeGreaterThan(longestStopMs)
    // Something must reap processes whose parent is gone.
    expect(init).toBe(true)
  }
  for (const name of ['postgres', 'shop']) expect(service(name).healthcheck?.test[0]).toBe('CMD-SHELL')
})

test('the image is built from the lock file, has the editor in it, and does not run as root', () => {
  const lines = read('Dockerfile').split('\n')
  const at = (start: string): number => lines.findIndex((line) => line.startsWith(start))
  expect(at('RUN npm ci')).toBeGreaterThan(at('COPY package.json package-lock.json'))
  expect(at('COPY . .')).toBeGreaterThan(at('RUN npm ci'))
  expect(lines.some((line) => line.startsWith('RUN npm run build'))).toBe(true)
  expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
  expect(at('ENTRYPOINT')).toBeGreaterThan(at('USER'))
  expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true)
  for (const [, path] of read('docker-compose.yml').matchAll(/(?:node|cp) ((?:server|docker)\/\S+)/g))
    expect(existsSync(join(projectFolder, path ?? '?')), path).toBe(true)
  // What is left out of the image is nothing that it needs.
  const ignored = read('.dockerignore').split('\n')
  for (const needed of ['server', 'runtime', 'nodes', 'schemas', 'editor', 'plugins', 'docker', 'examples', 'package.json'])
    expect(ignored).not.toContain(needed)
  for (const secret of ['.env', '.alimflow', '.git']) expect(ignored).toContain(secret)
})

test('the READMEs say what goes into .env', () => {
  const wanted = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map((match) => match[1] ?? ''))
  expect([...wanted].toSorted()).toEqual(['ALIMFLOW_SECRET_KEY', 'ALIMFLOW_TOKEN', 'POSTGRES_PASSWORD'])
  for (const readme of ['README.md', 'README.ko.md'])
    for (const name of wanted) expect(read(readme), `${readme}: ${name}`).toContain(`${name}=`)
})
