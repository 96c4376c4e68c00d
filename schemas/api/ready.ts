import Type, { type Static } from 'typebox'
import { Money } from '../message.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** What real sending needs, in the order in which a person gets it. */
export const ReadyCheck = Type.Enum(['key', 'sender', 'channel', 'template'])
export type ReadyCheck = Static<typeof ReadyCheck>

/** ok: the provider says so. todo: it is not there, or not approved yet. unknown: the provider cannot be asked, or did not answer. */
export const ReadyState = Type.Enum(['ok', 'todo', 'unknown'])
export type ReadyState = Static<typeof ReadyState>

/** GET /api/connections/:id/ready: may it really send? */
export const Ready = Type.Object({
  /** A sandbox needs nothing, and sends nothing outside. */
  sandbox: Type.Boolean(),
  /** What is left in the account; null: the provider does not tell. */
  balance: Nullable(Money),
  items: Type.Array(
    Type.Object({
      check: ReadyCheck,
      state: ReadyState,
      /** Which number, channel or template; null: none is named yet. */
      name: Nullable(Type.String()),
      /** Why, in the provider's words or ours. */
      detail: Nullable(Type.String()),
    }),
  ),
})
export type Ready = Static<typeof Ready>
