import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { readCases } from './read-cases.ts'
import { tinyNodes } from './tiny-nodes.ts'
import { runCase } from './workflow-case.ts'

const registry = createRegistry({ nodes: tinyNodes, providers: [] })

// Whole workflows of the tiny node types; those of the built-in ones are run in server/test, which may know them.
test.each(readCases('tiny').map(({ file, read }) => ({ name: `${file}: ${read.title}`, read })))('$name', async ({ read }) => {
  expect(await runCase(read, registry)).toEqual(read.expect)
})
