import Type, { type Static } from 'typebox'
import { Column } from './column.ts'
import { Localized } from './localized.ts'

export const NodeRole = Type.Union([
  Type.Literal('trigger'),
  Type.Literal('source'),
  Type.Literal('transform'),
  Type.Literal('channel'),
])
export type NodeRole = Static<typeof NodeRole>

/** `start` carries a trigger's signal and its payload; a `messages` output may feed a `rows` input (the text is dropped), never the reverse. */
export const PortKind = Type.Union([Type.Literal('start'), Type.Literal('rows'), Type.Literal('messages')])
export type PortKind = Static<typeof PortKind>

export const PortDescriptor = Type.Object(
  {
    kind: PortKind,
    title: Type.Optional(Localized),
    /** An input that need not be connected. Outputs never need to be. */
    optional: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type PortDescriptor = Static<typeof PortDescriptor>

const Ports = Type.Record(Type.String(), PortDescriptor)

export const NodeExample = Type.Object({
  title: Type.Optional(Localized),
  config: Type.Record(Type.String(), Type.Unknown()),
  columns: Type.Optional(Type.Array(Column)),
  in: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
  /** Rows per output port; `failed` and `skipped` list `{ row, code }`. Messages are listed by their parts. */
  out: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Unknown()))),
})
export type NodeExample = Static<typeof NodeExample>

/** What the editor knows of a node type. */
export const NodeDescriptor = Type.Object(
  {
    type: Type.String(),
    version: Type.Integer(),
    role: NodeRole,
    effect: Type.Union([Type.Literal('pure'), Type.Literal('read'), Type.Literal('send')]),
    scope: Type.Union([Type.Literal('row'), Type.Literal('audience')]),
    title: Localized,
    help: Type.Optional(Localized),
    icon: Type.String(),
    /** Not offered: part of graphs that Alimflow makes itself. */
    hidden: Type.Optional(Type.Boolean()),
    /** Words that find it in the palette besides its title. */
    keywords: Type.Array(Type.String()),
    ports: Type.Object({ in: Ports, out: Ports }),
    /** JSON Schema of the config. Labels, help and enum texts under `x-text`, form hints under `x-form` (see schemas/form.ts). */
    configSchema: Type.Unknown(),
    /** A config to start from. */
    defaults: Type.Record(Type.String(), Type.Unknown()),
    channel: Type.Optional(Type.String()),
    examples: Type.Array(NodeExample),
    plugin: Type.Optional(Type.Object({ file: Type.String(), hash: Type.String() })),
  },
  { additionalProperties: false },
)
export type NodeDescriptor = Static<typeof NodeDescriptor>
