import Type, { type Static } from 'typebox'
import { Connection, ConnectionInput } from '../connection.ts'
import { Page } from './paging.ts'

export const ConnectionPage = Page(Connection)
export type ConnectionPage = Static<typeof ConnectionPage>

/** PUT /api/connections/:id */
export const ConnectionChange = Type.Object(
  { ...ConnectionInput.properties, revision: Type.Integer() },
  { additionalProperties: false },
)
export type ConnectionChange = Static<typeof ConnectionChange>
