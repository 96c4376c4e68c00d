import Type, { type Static } from 'typebox'
import { MessageState, RunState } from '../states.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** POST /api/find. The text is in the body: it may be somebody's number, and an address in a URL would end in logs. */
export const FindInput = Type.Object({ text: Type.String({ minLength: 1, maxLength: 320 }) }, { additionalProperties: false })
export type FindInput = Static<typeof FindInput>

/** A thing that a name leads to. `match`: `[start, end)` of the found part in characters of the name. */
export const FoundName = Type.Object({
  id: Type.String(),
  name: Type.String(),
  match: Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }),
})
export type FoundName = Static<typeof FoundName>

export const FoundRun = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  workflowName: Type.String(),
  state: RunState,
  startedAt: Type.String(),
})
export type FoundRun = Static<typeof FoundRun>

/** A message to the exact address that was typed, newest first. */
export const FoundMessage = Type.Object({
  id: Type.String(),
  runId: Type.String(),
  runNumber: Type.Integer(),
  workflowName: Type.String(),
  channel: Type.String(),
  state: MessageState,
  at: Nullable(Type.String()),
  person: Type.Object({ name: Nullable(Type.String()), address: Nullable(Type.String()) }),
})
export type FoundMessage = Static<typeof FoundMessage>

/** What was found; `more`: there are more of that kind than are listed. */
export const Found = Type.Object({
  workflows: Type.Array(FoundName),
  lists: Type.Array(FoundName),
  connections: Type.Array(FoundName),
  runs: Type.Array(FoundRun),
  messages: Type.Array(FoundMessage),
  more: Type.Object({
    workflows: Type.Boolean(),
    lists: Type.Boolean(),
    connections: Type.Boolean(),
    runs: Type.Boolean(),
    messages: Type.Boolean(),
  }),
})
export type Found = Static<typeof Found>
