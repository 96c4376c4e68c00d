import Type from 'typebox'
import Value from 'typebox/value'
import { expect, test } from 'vitest'
import { ConnectionKind } from '#schemas/connection.ts'
import { NodeDescriptor } from '#schemas/node.ts'
import { defineNode, defineProvider, type NodeType } from '#runtime/sdk/index.ts'
import { tinyFilter, tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { createRegistry } from './registry.ts'

const provider = defineProvider({
  kind: 'tiny',
  title: { en: 'Tiny', ko: '작은 곳' },
  channels: ['sms'],
  settings: Type.Object({}),
  secrets: Type.Object({ key: Type.String() }),
  limits: { batch: 10, timeoutMs: 1_000 },
  errors: {},
  open: () => {
    throw new Error('not here')
  },
})

const registry = createRegistry({ nodes: tinyNodes, providers: [provider] })

test('descriptors and connection kinds are what their schemas say', () => {
  for (const descriptor of registry.descriptors()) expect([...Value.Errors(NodeDescriptor, descriptor)]).toEqual([])
  for (const kind of registry.connectionKinds()) expect([...Value.Errors(ConnectionKind, kind)]).toEqual([])
  expect(registry.connectionKinds()).toMatchObject([{ kind: 'tiny', role: 'provider', channels: ['sms'], limits: { batch: 10 } }])
  expect(registry.provider('tiny')).toBe(provider)
  expect(registry.provider('other')).toBe(null)
  expect(registry.node('other')).toBe(null)
})

test('ports are spelled out, and every transform has `failed`', () => {
  expect(registry.node('tiny-filter')?.descriptor.ports).toMatchObject({
    in: { rows: { kind: 'rows' } },
    out: { matched: { kind: 'rows' }, rest: { kind: 'rows' }, failed: { kind: 'rows' } },
  })
  expect(Object.keys(registry.node('tiny-source')?.ports.out ?? {})).toEqual(['rows'])
  expect(Object.keys(registry.node('tiny-sms')?.ports.out ?? {})).toEqual(['sent', 'undelivered'])
})

test('a config is checked with all its errors, and is not changed', () => {
  const saved = Object.freeze({ column: '' })
  const { errors } = registry.node('tiny-filter')?.load(saved, 1) ?? { errors: [] }
  expect(errors.map(({ keyword }) => keyword).sort()).toEqual(['minLength', 'required'])
})

const versioned = (upgrade: NodeType['upgrade']): NodeType => ({
  ...tinyFilter,
  type: 'acme-versioned',
  version: 3,
  config: Type.Object({ column: Type.String(), is: Type.String(), loud: Type.Boolean({ default: false }) }),
  ...(upgrade && { upgrade }),
})

test('an old config is brought up step by step, and defaults are filled in', () => {
  const node = createRegistry({
    nodes: [
      versioned({ 2: ({ field, ...rest }) => ({ ...rest, column: field }), 3: ({ value, ...rest }) => ({ ...rest, is: value }) }),
    ],
    providers: [],
  }).node('acme-versioned')
  expect(node?.load({ field: 'plan', value: 'pro' }, 1)).toEqual({
    config: { column: 'plan', is: 'pro', loud: false },
    errors: [],
  })
  expect(node?.load({ column: 'plan', value: 'pro' }, 2).config).toEqual({ column: 'plan', is: 'pro', loud: false })
})

test('an upgrade that throws is named', () => {
  const fail = (): never => {
    throw new Error('no idea')
  }
  const node = createRegistry({ nodes: [versioned({ 2: fail, 3: fail })], providers: [] }).node('acme-versioned')
  expect(() => node?.load({}, 1)).toThrow(/acme-versioned.*no idea/)
})

test('a built-in type that exists twice is refused', () => {
  expect(() => createRegistry({ nodes: [tinyFilter, tinyFilter], providers: [] })).toThrow(
    /There is a step of the type "tiny-filter" already/,
  )
  expect(() => createRegistry({ nodes: [], providers: [provider, provider] })).toThrow(/two providers of the kind "tiny"/)
})

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /not a node type/],
  ['a bad name', { ...tinyFilter, type: 'Acme Score' }, /`type` must be/],
  ['no version', { ...tinyFilter, type: 'a', version: 0 }, /`version`/],
  ['an unknown role', { ...tinyFilter, type: 'a', role: 'boss' }, /`role`/],
  ['one language', { ...tinyFilter, type: 'a', title: { en: 'A' } }, /`title`/],
  ['no ports', { ...tinyFilter, type: 'a', ports: undefined }, /`ports`/],
  ['no schema', { ...tinyFilter, type: 'a', config: 'x' }, /`config`/],
  ['a broken schema', { ...tinyFilter, type: 'a', config: { type: 'objekt' } }, /not a usable schema/],
  ['a keyword with a typo', { ...tinyFilter, type: 'a', config: { type: 'object', propertys: {} } }, /propertys/],
  ['no columns', { ...tinyFilter, type: 'a', columns: undefined }, /`columns`/],
  ['no process', { ...tinyFilter, type: 'a', process: undefined }, /`process`, `open` or `wait`/],
  ['a source without read', { ...tinyFilter, type: 'a', role: 'source' }, /needs `read`/],
  ['a channel without channel', { ...tinyFilter, type: 'a', role: 'channel' }, /needs `channel`/],
  ['a sending transform', { ...tinyFilter, type: 'a', effect: 'send' }, /effect "send"/],
  ['two inputs', { ...tinyFilter, type: 'a', ports: { in: { a: 'rows', b: 'rows' }, out: {} } }, /at most one input/],
  ['an unknown kind', { ...tinyFilter, type: 'a', ports: { in: { a: 'wine' }, out: {} } }, /must be of a kind/],
  ['a port called skipped', { ...tinyFilter, type: 'a', ports: { in: { rows: 'rows' }, out: { skipped: 'rows' } } }, /"skipped"/],
  ['a version without upgrade', { ...tinyFilter, type: 'a', version: 2 }, /needs `upgrade/],
  ['a type that exists', tinyFilter, /already \(built in\)/],
])('a plugin with %s is listed as broken and stops nothing else', (_what, type, text) => {
  const good = defineNode({ ...tinyFilter, type: 'acme-good' })
  const loaded = createRegistry({
    nodes: tinyNodes,
    providers: [],
    plugins: [
      { file: 'plugins/bad.ts', hash: 'x', type },
      { file: 'plugins/good.ts', hash: 'y', type: good },
    ],
  })
  expect(loaded.broken).toHaveLength(1)
  expect(loaded.broken[0]?.error.message).toMatch(text)
  expect(loaded.broken[0]?.error.message).toContain('plugins/bad.ts')
  expect(loaded.node('acme-good')?.descriptor.plugin).toEqual({ file: 'plugins/good.ts', hash: 'y' })
})
