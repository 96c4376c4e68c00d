import Type, { type Static } from 'typebox'
import { Localized } from './localized.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** `database`: people and values by queries · `service`: the same by HTTP · `provider`: sends. */
const ConnectionRole = Type.Union([Type.Literal('database'), Type.Literal('service'), Type.Literal('provider')])

/** What kinds of connections there are, and the forms to make them. */
export const ConnectionKind = Type.Object({
  kind: Type.String(),
  role: ConnectionRole,
  /** Providers: the channels they deliver on. */
  channels: Type.Array(Type.String()),
  title: Localized,
  help: Type.Optional(Localized),
  settingsSchema: Type.Unknown(),
  secretsSchema: Type.Unknown(),
  /** Providers: facts such as the batch size and the rate, for people to read. */
  limits: Type.Record(Type.String(), Type.Unknown()),
  /** Kinds that Alimflow makes itself cannot be chosen in the form. */
  builtIn: Type.Boolean(),
})
export type ConnectionKind = Static<typeof ConnectionKind>

/** Why a connection does not work. */
const ConnectionError = Type.Object({
  code: Type.String(),
  message: Type.String(),
  /** What fills the message, so that each reads it in their language. */
  fields: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
})

/** How a connection fared when it was last tried. */
export const ConnectionHealth = Type.Object({
  state: Type.Enum(['ok', 'failed', 'unknown']),
  checkedAt: Nullable(Type.String()),
  /** When it came into this state; left out: not known. */
  since: Type.Optional(Nullable(Type.String())),
  error: Nullable(ConnectionError),
})
export type ConnectionHealth = Static<typeof ConnectionHealth>

/** What keeps a provider's connection from being called now, or slows it down; the same for all workers. */
export const ConnectionLimit = Type.Object({
  /** breaker-open: calls failed, one at a time tries · asked-to-wait: the provider said so · daily-quota · rate-limited · slowed-down */
  code: Type.Enum(['breaker-open', 'asked-to-wait', 'daily-quota', 'rate-limited', 'slowed-down']),
  message: Type.String(),
  /** Nothing goes out until then; null: it goes out, only slower. */
  until: Nullable(Type.String()),
})
export type ConnectionLimit = Static<typeof ConnectionLimit>

/** A connection as it may be shown: secrets are never part of it, only which are set. */
export const Connection = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  role: ConnectionRole,
  channels: Type.Array(Type.String()),
  builtIn: Type.Boolean(),
  settings: Type.Record(Type.String(), Type.Unknown()),
  secretsSet: Type.Array(Type.String()),
  health: ConnectionHealth,
  /** Null: nothing holds it back. In lists and where one is read. */
  limit: Type.Optional(Nullable(ConnectionLimit)),
  /** `postgres`, `mysql` or `mariadb`, once known. */
  dialect: Nullable(Type.String()),
  /** Workflows whose draft or published version names it; in lists and where one is read. */
  usedBy: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
  revision: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})
export type Connection = Static<typeof Connection>

export const ConnectionInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    kind: Type.String({ minLength: 1, maxLength: 50 }),
    settings: Type.Record(Type.String(), Type.Unknown()),
    /** Left-out secrets keep their value on a change; `null` removes one. */
    secrets: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
  },
  { additionalProperties: false },
)
export type ConnectionInput = Static<typeof ConnectionInput>

/** Rights besides reading, on one thing. */
export const WriteRights = Type.Object({
  /** As the database calls them: `INSERT`, `ALL PRIVILEGES`, `SUPERUSER`. */
  rights: Type.Array(Type.String()),
  /** As the database writes it: `shop.*`, `public.orders`, a role. */
  on: Type.String(),
  /** PostgreSQL: of so many tables in that schema it is so many; null: it is no matter of counting. */
  tables: Nullable(Type.Object({ count: Type.Integer(), of: Type.Integer() })),
})
export type WriteRights = Static<typeof WriteRights>

export const ConnectionTest = Type.Object({
  ok: Type.Boolean(),
  version: Nullable(Type.String()),
  latencyMs: Nullable(Type.Number()),
  timezone: Nullable(Type.String()),
  /** Databases: how the connection is encrypted; null: not, or it is not known. */
  tls: Nullable(Type.Object({ version: Type.String(), cipher: Type.String() })),
  /** Databases: tables and views that the account may read. */
  tables: Nullable(Type.Integer()),
  /** Databases: what the account may do besides reading. */
  writes: Type.Array(WriteRights),
  /** Databases: statements that make a read-only account, in this dialect. */
  grants: Nullable(Type.String()),
  /** Providers: balance, sender numbers and the like. */
  facts: Type.Record(Type.String(), Type.Unknown()),
  error: Nullable(ConnectionError),
})
export type ConnectionTest = Static<typeof ConnectionTest>
