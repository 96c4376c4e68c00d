import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '#server/http.ts'
import { registerEditor } from './static-editor.ts'

// A folder named like the one inside it: only what lies below the build's own is for ever.
const folder = join(mkdtempSync(join(tmpdir(), 'alimflow-editor-')), 'assets', 'dist')
const app: App = fastify()

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(folder, 'index.html'), '<p>page')
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'let plain')
  writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), gzipSync('let plain'))
  writeFileSync(join(folder, '.vite/manifest.json'), '{}')
  await registerEditor(app, folder)
})
afterAll(async () => {
  await app.close()
  rmSync(join(folder, '../..'), { recursive: true })
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

test('the page is asked for anew, files with a hash never again', async () => {
  const page = await get('/')
  expect([page.statusCode, page.body, page.headers['cache-control']]).toEqual([200, '<p>page', 'no-cache'])
  const script = await get('/assets/app-1a2b.js')
  expect([script.body, script.headers['cache-control']]).toEqual(['let plain', 'public, max-age=31536000, immutable'])
  expect(script.headers['content-type']).toContain('javascript')
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
})

test('an address of a screen is the page, whatever it is', async () => {
  for (const url of ['/runs/0197', '/workflows/abc?node=a.b', '/data/new']) {
    const { statusCode, body, headers } = await get(url)
    expect([statusCode, body, headers['cache-control']], url).toEqual([200, '<p>page', 'no-cache'])
  }
})

test('what is no screen is not the page', async () => {
  for (const url of [
    '/api/nothing',
    '/ws/x',
    '/schemas/x.json',
    '/assets/gone-1.js',
    '/robots.txt',
    '/.vite/manifest.json',
    '/../x.txt',
  ]) {
    expect((await get(url)).statusCode, url).toBe(404)
  }
  expect((await app.inject({ method: 'POST', url: '/runs/0197' })).statusCode).toBe(404)
})

test('a browser that can takes the compressed file', async () => {
  const { headers, rawPayload } = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
  expect(headers['content-encoding']).toBe('gzip')
  expect(headers.vary).toContain('accept-encoding')
  expect(headers['cache-control']).toContain('immutable')
  expect(headers['content-type']).toContain('javascript')
  expect(rawPayload).toEqual(gzipSync('let plain'))
})
