import Type, { type Static } from 'typebox'
import { Column } from './column.ts'
import { WorkflowDocument } from './workflow.ts'

/**
 * Everything a run needs to be explained and repeated, stored with each published version and with each run:
 * later edits of a template, plugin or connection name never change a run that waits. Node ids are those of the graph that runs:
 * `outer/inner` for a step of a workflow inside.
 */
export const Pinned = Type.Object({
  document: WorkflowDocument,
  /** The workflows that it uses inside, and those that they use, in the versions of then: by `workflow@version`. */
  parts: Type.Optional(Type.Record(Type.String(), Type.Object({ name: Type.String(), document: WorkflowDocument }))),
  /** Node types with their version, and the hash of the plugin file where it is one. */
  nodeTypes: Type.Record(Type.String(), Type.Object({ version: Type.Integer(), hash: Type.Union([Type.String(), Type.Null()]) })),
  /** What was described for each node (columns of its statement …), to be compared at the start of each run. */
  described: Type.Record(
    Type.String(),
    Type.Object({
      columns: Type.Array(Column),
      parameters: Type.Optional(Type.Array(Type.Object({ name: Type.String(), column: Type.Union([Column, Type.Null()]) }))),
    }),
  ),
  /** Template versions by node id. */
  templates: Type.Record(Type.String(), Type.Object({ id: Type.String(), version: Type.Integer() })),
  /** Connections that the nodes name, with their kind at that time. */
  connections: Type.Record(Type.String(), Type.Object({ kind: Type.String(), name: Type.String() })),
  timezone: Type.String(),
})
export type Pinned = Static<typeof Pinned>
