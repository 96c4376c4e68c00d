import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accessToken, prepareDataDir, projectFolder, readConfig, secretKeyOf } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'alimflow-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('with nothing set', () => {
  expect(readConfig({ PORT: '', HOST: ' ' })).toEqual({
    port: 3000,
    publicPort: null,
    trustedProxies: [],
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: join(projectFolder, '.alimflow'),
    secretKey: null,
    sample: true,
    token: null,
    workers: 1,
    workerLanes: 8,
    lateAfterHours: 24,
  })
})

test('with everything set', () => {
  const env = {
    PORT: '8080',
    PUBLIC_PORT: '8081',
    ALIMFLOW_TRUST_PROXY: '10.0.0.5, 192.168.0.0/16',
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgres://me:pw@db/alimflow',
    ALIMFLOW_DATA_DIR: '/srv/alimflow',
    ALIMFLOW_SECRET_KEY: 'ab'.repeat(32),
    ALIMFLOW_SAMPLE: 'off',
    ALIMFLOW_TOKEN: 'a-token-that-is-long',
    ALIMFLOW_WORKERS: '4',
    ALIMFLOW_WORKER_LANES: '16',
    ALIMFLOW_LATE_AFTER_HOURS: '6',
  }
  expect(readConfig(env)).toEqual({
    port: 8080,
    publicPort: 8081,
    trustedProxies: ['10.0.0.5', '192.168.0.0/16'],
    host: '0.0.0.0',
    databaseUrl: 'postgres://me:pw@db/alimflow',
    dataDir: '/srv/alimflow',
    secretKey: Buffer.alloc(32, 0xab),
    sample: false,
    token: 'a-token-that-is-long',
    workers: 4,
    workerLanes: 16,
    lateAfterHours: 6,
  })
})

test.each([
  ['PORT', '80a', /PORT=80a.*1 to 65535/],
  ['PORT', '65536', /PORT=65536/],
  ['PORT', '-1', /PORT=-1/],
  ['PUBLIC_PORT', 'x', /PUBLIC_PORT=x.*1 to 65535/],
  ['PUBLIC_PORT', '3000', /PUBLIC_PORT=3000.*another/],
  ['HOST', 'http://x', /HOST=http:\/\/x.*without http/],
  ['DATABASE_URL', 'mysql://me:secret@db/x', /DATABASE_URL=mysql….*postgresql:\/\//],
  ['DATABASE_URL', 'postgresql://', /DATABASE_URL/],
  ['DATABASE_URL', 'postgresql://[:/x', /DATABASE_URL=postgresql:….*%40/],
  ['ALIMFLOW_SAMPLE', 'no', /ALIMFLOW_SAMPLE=no.*on or off/],
  ['ALIMFLOW_SECRET_KEY', 'too short', /ALIMFLOW_SECRET_KEY.*openssl/],
  ['ALIMFLOW_WORKERS', '0', /ALIMFLOW_WORKERS=0.*1 to 32/],
  ['ALIMFLOW_WORKER_LANES', '65', /ALIMFLOW_WORKER_LANES=65.*1 to 64/],
  ['ALIMFLOW_LATE_AFTER_HOURS', '1.5', /ALIMFLOW_LATE_AFTER_HOURS=1.5/],
  ['ALIMFLOW_TOKEN', 'short', /ALIMFLOW_TOKEN.*openssl/],
])('%s=%s is refused with what to do', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(message)
  expect(() => readConfig({ [name]: value })).not.toThrow(/secret@|too short/)
})

test.each(['postgresql:///x?host=/run/pg', 'postgresql://me@/x?host=/run/pg', 'postgres://me:p%40w@[::1]:5432/x'])(
  '%s is an address',
  (url) => expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url),
)

test('every start-up error has a Korean text', () => {
  try {
    readConfig({ PORT: 'x' })
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ text: { ko: expect.stringContaining('PORT=x 설정을 쓸 수 없어요') } })
  }
})

test('a data folder that cannot be made is named with the way out', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => prepareDataDir(join(folder, 'file', 'data'))).toThrow(/ALIMFLOW_DATA_DIR/)
  expect(() => prepareDataDir(join(folder, 'new', 'data'))).not.toThrow()
})

test('the token: none on loopback, the given one, else one that is made once and stays', () => {
  const at = (env: Record<string, string>) => accessToken(readConfig({ ALIMFLOW_DATA_DIR: folder, ...env }))
  expect(at({})).toEqual({ token: null, made: false })
  expect(at({ HOST: '127.0.0.1', ALIMFLOW_TOKEN: 'x'.repeat(16) })).toEqual({ token: 'x'.repeat(16), made: false })
  const first = at({ HOST: '0.0.0.0' })
  expect(first).toMatchObject({ made: true, token: expect.stringMatching(/^[\w-]{32}$/) })
  expect(at({ HOST: '0.0.0.0' })).toEqual({ token: first.token, made: false })
  expect(statSync(join(folder, 'access-token')).mode & 0o777).toBe(0o600)
})

test('the secret key of the environment wins over the file', () => {
  const config = readConfig({ ALIMFLOW_DATA_DIR: folder })
  const fromFile = secretKeyOf(config)
  expect(readFileSync(join(folder, 'secret-key'), 'utf8').trim()).toBe(fromFile.toString('hex'))
  expect(secretKeyOf({ ...config, secretKey: Buffer.alloc(32, 1) })).toEqual(Buffer.alloc(32, 1))
})
