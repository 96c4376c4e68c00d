import Type, { type Static } from 'typebox'
import { ImportNote } from '../three-step.ts'
import { Workflow } from './workflows.ts'

/** POST /api/workflows/import */
export const ImportQuery = Type.Object(
  {
    connection: Type.Optional(
      Type.String({ description: 'Id of the database that its queries are asked of. Default: the only one there is.' }),
    ),
    provider: Type.Optional(Type.String({ description: 'Id of the connection that sends. Default: the sandbox.' })),
  },
  { additionalProperties: false },
)

export const ImportedWorkflow = Type.Object({
  workflow: Workflow,
  notes: Type.Array(ImportNote),
  /** Lists of people that were stored for it. */
  lists: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
})
export type ImportedWorkflow = Static<typeof ImportedWorkflow>

/** GET /api/workflows/:id/original */
export const WorkflowOriginal = Type.Object({
  form: Type.String(),
  /** The JSON as it came. People of its lists are not in it: they are stored lists. */
  content: Type.Unknown(),
  notes: Type.Array(ImportNote),
  createdAt: Type.String(),
})
export type WorkflowOriginal = Static<typeof WorkflowOriginal>
