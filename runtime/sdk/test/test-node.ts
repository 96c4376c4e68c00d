import { describe, expect, test } from 'vitest'
import type { NodeType } from '#runtime/sdk/index.ts'
import { nodeChecks } from './node-checks.ts'

/**
 * The tests that every node type has to pass, for a file of vitest's: the conformance kit of `nodeChecks`, one test for each check.
 *
 * @example
 * import { testNode } from '#runtime/sdk/test/test-node.ts'
 * import maskName from './mask-name.ts'
 * testNode(maskName)
 */
export function testNode(type: NodeType): void {
  describe(`node type ${type.type}`, () => {
    for (const { name, run } of nodeChecks(type)) test(name.en, async () => expect(await run()).toEqual([]))
  })
}
