import Value from 'typebox/value'
import { expect, test } from 'vitest'
import { NodeDescriptor } from '#schemas/node.ts'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { createRegistry } from '#runtime/registry.ts'
import { readCases } from '#runtime/test/read-cases.ts'
import { runCase } from '#runtime/test/workflow-case.ts'

const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders })

test('the built-in node types are what the registry and the editor expect', () => {
  expect(registry.descriptors().map(({ type }) => type)).toEqual(builtInNodes.map(({ type }) => type))
  for (const descriptor of registry.descriptors())
    expect([...Value.Errors(NodeDescriptor, descriptor)], descriptor.type).toEqual([])
})

test.each(builtInNodes.map((type) => ({ type })))(
  'the examples of $type.type have configs that its own schema takes',
  ({ type }) => {
    for (const { config } of type.examples) expect(registry.node(type.type)?.load(config, type.version).errors).toEqual([])
  },
)

// Whole workflows of the built-in node types, judged; what needs a database to be previewed is tested beside the connections.
test.each(readCases('built-in').map(({ file, read }) => ({ name: `${file}: ${read.title}`, read })))(
  '$name',
  async ({ read }) => {
    expect(await runCase(read, registry)).toEqual(read.expect)
  },
)
