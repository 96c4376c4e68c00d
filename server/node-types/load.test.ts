import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { loadNodeTypes } from './load.ts'

const root = mkdtempSync(join(tmpdir(), 'alimflow-plugins-'))
const pluginsDir = join(root, 'plugins')
const write = (name: string, text: string) => writeFileSync(join(pluginsDir, name), text)

const good = (type: string) => `export default {
  type: '${type}', version: 1, role: 'transform', effect: 'pure', scope: 'row', icon: 'x', title: { en: 'A', ko: '가' },
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } }, config: { type: 'object', properties: {} }, defaults: {}, examples: [],
  columns: (_, inputs) => ({ out: { rows: inputs.rows ?? [] } }), process: (batch) => ({ rows: batch }), configType: 'checked' }`

beforeAll(() => {
  mkdirSync(join(pluginsDir, 'folder'), { recursive: true })
  write('a-syntax.mjs', 'export default {{')
  write('b-throws.mjs', `throw new Error('cannot find the moon in ${pluginsDir}')`)
  write('c-no-default.mjs', 'export const x = 1')
  write('d-no-node.mjs', 'export default { type: "Not Kebab" }')
  write('e-good.mjs', good('test-good'))
  write('f-twin.mjs', good('test-good'))
  write(
    'g-provider.mjs',
    `export default { kind: 'test-post', title: { en: 'Post', ko: '우편' }, channels: ['sms'], settings: {}, secrets: {},
    limits: { batch: 1, timeoutMs: 1000 }, errors: {}, open: () => ({}) }`,
  )
  write('h-half-provider.mjs', `export default { kind: 'solapi', title: { en: 'P', ko: '가' }, channels: ['sms'] }`)
  write('e-good.test.mjs', 'throw new Error("tests are no plugins")')
  write('notes.txt', 'not a plugin')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('good files are loaded, each broken one is named with what to mend and stops nothing', async () => {
  const { nodes, providers, plugins, broken } = await loadNodeTypes({ pluginsDir })
  expect(nodes.map(({ type }) => type)).toContain('sql-source')
  expect(plugins.map(({ file }) => file)).toEqual(['plugins/e-good.mjs', 'plugins/f-twin.mjs'])
  expect(plugins[0]?.hash).toMatch(/^[0-9a-f]{16}$/)
  expect(providers.map(({ kind }) => kind)).toEqual(['sandbox', 'solapi', 'test-post'])
  const faults = Object.fromEntries(broken.map(({ file, error }) => [file, error.text.en]))
  expect(Object.keys(faults)).toEqual([
    'plugins/a-syntax.mjs',
    'plugins/b-throws.mjs',
    'plugins/c-no-default.mjs',
    'plugins/d-no-node.mjs',
    'plugins/h-half-provider.mjs',
  ])
  expect(faults['plugins/b-throws.mjs']).toContain('cannot find the moon in /plugins')
  expect(faults['plugins/b-throws.mjs']).not.toContain(root)
  expect(faults['plugins/c-no-default.mjs']).toContain('no default export')
  expect(faults['plugins/d-no-node.mjs']).toContain('`type` must be a name')
  expect(faults['plugins/h-half-provider.mjs']).toContain('"solapi" already')

  const registry = createRegistry({ nodes, providers, plugins })
  expect(registry.node('test-good')?.descriptor.plugin).toEqual({ file: 'plugins/e-good.mjs', hash: plugins[0]?.hash })
  expect(registry.broken.map(({ file }) => file)).toEqual(['plugins/f-twin.mjs'])
})

test('no folder is no plugins', async () => {
  const { plugins, broken } = await loadNodeTypes({ pluginsDir: join(root, 'nowhere') })
  expect([plugins, broken]).toEqual([[], []])
})

test('the shipped folder has no broken file', async () => {
  const { plugins, broken } = await loadNodeTypes({ pluginsDir: join(import.meta.dirname, '../../plugins') })
  expect(broken).toEqual([])
  expect(plugins.map(({ file }) => file)).toContain('plugins/mask-name.ts')
})

test('a file may bring several things, and a function is given the public API', async () => {
  write(
    'm-several.mjs',
    `export default ({ defineNode, AppError, Type }) => typeof defineNode === 'function' && AppError && Type ? [${good('test-one').replace('export default ', '')}, ${good('test-two').replace('export default ', '')}] : null`,
  )
  const { plugins } = await loadNodeTypes({ pluginsDir })
  const several = plugins.filter(({ file }) => file === 'plugins/m-several.mjs')
  expect(
    createRegistry({ nodes: [], providers: [], plugins: several })
      .descriptors()
      .map(({ type }) => type),
  ).toEqual(['test-one', 'test-two'])
})

test('a package of node_modules is loaded by its name; one that is not installed is said with what to do', async () => {
  const installed = join(import.meta.dirname, 'node_modules', 'alimflow-test-nodes')
  mkdirSync(installed, { recursive: true })
  try {
    writeFileSync(join(installed, 'package.json'), '{ "name": "alimflow-test-nodes", "type": "module", "exports": "./index.js" }')
    writeFileSync(join(installed, 'index.js'), good('test-packed'))
    const { plugins, broken } = await loadNodeTypes({
      pluginsDir: join(root, 'nowhere'),
      packages: ['alimflow-test-nodes', 'alimflow-none-such'],
    })
    expect(plugins.map(({ file }) => file)).toEqual(['alimflow-test-nodes'])
    expect(broken.map(({ error }) => error.text.en)).toEqual([
      'The node file alimflow-none-such cannot be used: It is not installed. Run: npm install alimflow-none-such',
    ])
  } finally {
    rmSync(join(import.meta.dirname, 'node_modules'), { recursive: true, force: true })
  }
})
