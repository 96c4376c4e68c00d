import Type, { type Static } from 'typebox'
import { MessageItem } from '../message.ts'

/** POST /api/people. The address is in the body: one in a URL would end in logs. */
export const PersonInput = Type.Object(
  { address: Type.String({ minLength: 3, maxLength: 320 }) },
  { additionalProperties: false },
)

/** A message, or a place where the person was left out, with the run that it belongs to. */
export const PersonMessage = Type.Object({
  ...MessageItem.properties,
  workflowId: Type.String(),
  workflowName: Type.String(),
  runNumber: Type.Integer(),
  /** A test run: the message went to an address that somebody typed. */
  test: Type.Boolean(),
})
export type PersonMessage = Static<typeof PersonMessage>

/** What became of one exact address in all runs, newest first. */
export const Person = Type.Object({
  /** As the newest message names the person; masked. */
  name: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
  messages: Type.Array(PersonMessage),
  /** There are older ones that are not listed. */
  more: Type.Boolean(),
  /** Runs that still prepare or send: who waits there is only found on their own page. */
  going: Type.Array(Type.Object({ runId: Type.String(), workflowName: Type.String(), runNumber: Type.Integer() })),
})
export type Person = Static<typeof Person>
