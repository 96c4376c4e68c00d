import { testNode } from '#runtime/sdk/test/test-node.ts'
import maskName from './mask-name.ts'

testNode(maskName)
