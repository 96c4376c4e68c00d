import { expect, test } from 'vitest'
import { builtInNodes } from '#nodes/all.ts'
import { createRegistry } from '#runtime/registry.ts'
import { abilitiesOf, missingTypes } from './abilities.ts'

test('a worker names its node types with versions', () => {
  const registry = createRegistry({ nodes: builtInNodes, providers: [] })
  const abilities = abilitiesOf(registry)
  expect(abilities).toHaveLength(builtInNodes.length)
  const filter = registry.node('filter')?.type.version
  expect(abilities).toContain(`filter@${filter}`)
})

test('what a run needs and a worker lacks is named', () => {
  const abilities = ['filter@2', 'postcard@1#aaaa']
  expect(missingTypes({ filter: { version: 2, hash: null }, postcard: { version: 1, hash: 'aaaa' } }, abilities)).toEqual([])
  expect(missingTypes({ filter: { version: 1, hash: null } }, abilities)).toEqual([])
  expect(missingTypes({ filter: { version: 3, hash: null } }, abilities)).toEqual(['filter 3'])
  expect(missingTypes({ postcard: { version: 1, hash: 'bbbb' } }, abilities)).toEqual(['postcard (another file)'])
  expect(missingTypes({ fil: { version: 1, hash: null }, wait: { version: 1, hash: null } }, abilities)).toEqual(['fil', 'wait'])
})
