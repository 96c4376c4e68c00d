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
    /** An input into which several lines may lead; their columns are joined, and each recipient is taken once. */
    many: Type.Optional(Type.Boolean()),
    /** Of the kind that comes in: where messages lead into the step's `keep` inputs, its `keep` outputs give messages. */
    keep: Type.Optional(Type.Boolean()),
    /** Of the kind that this field of the config names (`rows` or `messages`), where it names one. */
    kindFrom: Type.Optional(Type.String()),
    /** An output at which something leaves only where the config says so: its value at `path` (names joined by `/`). */
    onlyIf: Type.Optional(Type.Object({ path: Type.String(), is: Type.String() })),
  },
  { additionalProperties: false },
)
export type PortDescriptor = Static<typeof PortDescriptor>

const Ports = Type.Record(Type.String(), PortDescriptor)

/**
 * Outputs that the person names: `list` is a field of the config, an array of `{ id, name }`, of which each item is an output of its own,
 * before those of `out` (schemas/ports.ts works them out). An item may have a `kind` of its own.
 */
export const OutputsFrom = Type.Object(
  { list: Type.String(), kind: PortKind, keep: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
export type OutputsFrom = Static<typeof OutputsFrom>

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
    ports: Type.Object({ in: Ports, out: Ports, outFrom: Type.Optional(OutputsFrom) }),
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
