import Type, { type Static } from 'typebox'
import { FlowTestFile } from '../flow-test.ts'
import { WorkflowDocument } from '../workflow.ts'

/** POST …/flow-tests: the content of a file of flow tests, for the saved draft or a document that is not saved. */
export const FlowTestInput = Type.Object(
  { document: Type.Optional(WorkflowDocument), file: FlowTestFile },
  { additionalProperties: false },
)

export const FlowTestResult = Type.Object({
  ok: Type.Boolean(),
  /** In the order of the file; `lines`: what is wrong, one sentence each. */
  cases: Type.Array(Type.Object({ name: Type.String(), ok: Type.Boolean(), lines: Type.Array(Type.String()) })),
})
export type FlowTestResult = Static<typeof FlowTestResult>
