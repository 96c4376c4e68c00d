import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { quietLog } from '#server/test/quiet-log.ts'
import { liveRegistry } from './live-registry.ts'
import { registryOf } from './registry-of.ts'
import { takeChange } from './take-change.ts'
import { watchPlugins, type PluginChange, type PluginWatch } from './watch.ts'

const good = (type: string, title = 'A') => `export default {
  type: '${type}', version: 1, role: 'transform', effect: 'pure', scope: 'row', icon: 'x', title: { en: '${title}', ko: '가' },
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } }, config: { type: 'object', properties: {} }, defaults: {}, examples: [],
  columns: (_, inputs) => ({ out: { rows: inputs.rows ?? [] } }), process: (batch) => ({ rows: batch }), configType: 'checked' }`

const root = mkdtempSync(join(tmpdir(), 'alimflow-watch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let pluginsDir = ''
let watch: PluginWatch
let changes: PluginChange[] = []
const save = (name: string, text: string) => writeFileSync(join(pluginsDir, name), text)
const file = (name: string) => `${basename(pluginsDir)}/${name}`

async function begin(broken: readonly string[] = []) {
  watch = await watchPlugins(pluginsDir)
  const registry = liveRegistry(await registryOf({ pluginsDir }))
  watch.start({
    broken,
    log: quietLog(),
    lookMs: 20,
    async changed(change) {
      await takeChange(registry, change, { pluginsDir })
      changes.push(change)
    },
  })
  return registry
}
const changed = (count: number) => expect.poll(() => changes.length, { timeout: 25_000 }).toBe(count)

beforeEach(() => {
  pluginsDir = mkdtempSync(join(root, 'plugins-'))
  changes = []
})
afterEach(() => watch.stop())

test('a file that is saved, changed or removed is taken', async () => {
  const registry = await begin()
  let told = 0
  registry.onChange(() => (told += 1))
  save('a.mjs', good('test-a'))
  await changed(1)
  expect(registry.node('test-a')?.type.title.en).toBe('A')
  save('a.mjs', good('test-a', 'Another'))
  await changed(2)
  expect(registry.node('test-a')?.type.title.en).toBe('Another')
  rmSync(join(pluginsDir, 'a.mjs'))
  await changed(3)
  expect(registry.node('test-a')).toBeNull()
  expect(told).toBe(3)
  expect(changes.map(({ files, taken }) => [files, taken])).toEqual([
    [[file('a.mjs')], true],
    [[file('a.mjs')], true],
    [[file('a.mjs')], true],
  ])
})

test('one that worked and breaks holds everything back until it is mended; what it was stays in use', async () => {
  save('a.mjs', good('test-a'))
  const registry = await begin()
  save('a.mjs', 'export default {{')
  await changed(1)
  expect(registry.node('test-a')?.type.title.en).toBe('A')
  expect(registry.broken.map((one) => one.file)).toEqual([file('a.mjs')])
  save('b.mjs', good('test-b'))
  await changed(2)
  expect(registry.node('test-b')).toBeNull()
  save('a.mjs', good('test-a', 'Mended'))
  await changed(3)
  expect(changes.map(({ taken }) => taken)).toEqual([false, false, true])
  expect(changes[2]?.files).toEqual([file('a.mjs'), file('b.mjs')])
  expect([registry.node('test-a')?.type.title.en, registry.node('test-b')?.type.title.en]).toEqual(['Mended', 'A'])
  expect(registry.broken).toEqual([])
})

test('a new file that ends the process that loads it harms nobody, and holds nothing back', async () => {
  const registry = await begin()
  save('evil.mjs', 'process.exit(0)')
  await changed(1)
  expect(registry.broken.map(({ error }) => error.text.en)).toEqual([
    `The node file ${file('evil.mjs')} cannot be used: loading it ended the process. Nothing may happen at the top of the file.`,
  ])
  save('good.mjs', good('test-good'))
  await changed(2)
  expect(changes.map(({ taken }) => taken)).toEqual([true, true])
  expect(registry.node('test-good')).not.toBeNull()
  expect(registry.broken.map((one) => one.file)).toEqual([file('evil.mjs')])
})

test('one that was broken from the start holds nothing back either', async () => {
  save('old.mjs', 'export default {{')
  const registry = await begin([file('old.mjs')])
  save('old.mjs', 'export default {{{')
  save('good.mjs', good('test-good'))
  await expect.poll(() => registry.node('test-good') !== null, { timeout: 25_000 }).toBe(true)
  expect(registry.broken.map((one) => one.file)).toEqual([file('old.mjs')])
})
