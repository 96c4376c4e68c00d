import Type, { type Static } from 'typebox'
import { ConnectionKind } from '../connection.ts'
import { NodeDescriptor } from '../node.ts'

/** GET /api/node-types */
export const NodeTypes = Type.Object({
  items: Type.Array(NodeDescriptor),
  connectionKinds: Type.Array(ConnectionKind),
  /** Files in plugins/ that could not be loaded. */
  broken: Type.Array(Type.Object({ file: Type.String(), error: Type.Object({ code: Type.String(), message: Type.String() }) })),
})
export type NodeTypes = Static<typeof NodeTypes>
