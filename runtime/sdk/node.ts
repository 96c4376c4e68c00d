import type { Static, TSchema } from 'typebox'
import type { Column, ValueType } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import type { Button, Length, Parts } from '#schemas/message.ts'
import type { NodeExample, NodeRole, OutputsFrom, PortDescriptor, PortKind } from '#schemas/node.ts'
import type { OverlapPolicy } from '#schemas/schedule-policies.ts'
import type { AppError } from './app-error.ts'
import type { NodeProblem } from './node-problem.ts'
import type { Described, DescribeContext, Known, NodeContext } from './context.ts'
import type { Batch, Message, Outputs, Row } from './rows.ts'

/** Columns per connected input port, as the edges carry them. `variables` of a messages port are columns too (`variable: true`). */
export type InputColumns = Readonly<Record<string, readonly Column[]>>

export interface ColumnsResult {
  /** Columns per output port. A port that is missing here is not known yet. */
  readonly out: Readonly<Record<string, readonly Column[]>>
  readonly problems?: readonly NodeProblem[]
  /**
   * Form of the message that leaves a `messages` port (`kakao`: with an approved template's code). A channel of this form takes no
   * other: Alimtalk sends templates only, a text message takes any text.
   */
  readonly form?: 'text' | 'kakao'
}

/** A node that works with state: made once per run (audience) or once per worker (row), then fed with batches. */
export interface OpenNode<Port extends string = string> {
  process(batch: Batch): Promise<Outputs<Port>> | Outputs<Port>
  /** The end of the input of an audience node. */
  finish?(): Promise<Outputs<Port>> | Outputs<Port>
}

/** A text ready for one channel: what the provider gets, how long it is. */
export interface Composed {
  /** `ATA`, `SMS`, `LMS`, …: what it goes out as. */
  readonly kind: string
  readonly parts: Parts
  readonly length: Length
  readonly variables: Readonly<Record<string, string>>
  readonly kakao?: Message['kakao']
}

/** What becomes of a row at a step that lets wait: until when it waits (ms since 1970; what is over goes on at once), or the port at which it leaves. */
export type Waiting = { readonly until: number } | { readonly port: string }

export interface ChannelSpec<Config> {
  /** `alimtalk`, `sms`, …: providers say which of these they deliver. */
  readonly name: string
  readonly addressKind: 'phone' | 'email' | 'token'
  /** The column that holds the address. */
  address(config: Config): string
  /** Id of the provider's connection. */
  connection(config: Config): string
  /** Minutes after the start of the run beyond which nothing is sent any more. */
  expiresAfter(config: Config): number
  /** Does the node bring its own text? Then it takes rows as well as messages. */
  ownText(config: Config): boolean
  /** Called once per worker and run; `compose` turns each message (or row, with own text) into what is sent, or says why it cannot. */
  open(config: Config, context: NodeContext): { compose(item: Message | Row): Composed | AppError }
}

/** A message text with holes, as it is versioned. */
export interface TemplateContent {
  readonly title?: string
  readonly body: string
  readonly buttons?: readonly Button[]
  readonly kakao?: { readonly templateCode: string; readonly channelId: string }
}

/** The events that a trigger starts with. Each is a row of the declared columns and `occurred_at`, `received_at` (instants). */
export interface EventSpec {
  /** Name of the events; null: what comes to the trigger's own address (a webhook). */
  readonly name: string | null
  readonly columns: readonly PayloadColumn[]
}

/** A value of an event's payload, and the column it becomes. */
export interface PayloadColumn {
  readonly name: string
  readonly type: ValueType
  /** An event without it (or with null) is refused. */
  readonly required: boolean
  /** Where it stands in the payload, names joined by dots: `customer.phone`. */
  readonly path: string
}

type PortsOf<Name extends string> = Readonly<Record<Name, PortKind | PortDescriptor>>

/** What a node type is: one value in one file. See docs/writing-a-node.md. */
export interface NodeSpec<Config extends TSchema, Port extends string = string> {
  /** Kebab-case and unique. A plugin's should carry its own prefix (`acme-score`). */
  type: string
  version: number
  role: NodeRole
  /** pure: a function of its input · read: asks something outside and changes nothing · send. */
  effect: 'pure' | 'read' | 'send'
  /** row: any batch, any order, any worker · audience: all rows once, in order (dedupe, limit, sort). */
  scope: 'row' | 'audience'
  title: Localized
  help?: Localized
  icon: string
  /** Offered to nobody: part of graphs that Alimflow makes itself. */
  hidden?: boolean
  keywords?: readonly string[]
  /**
   * `many` at an input: several lines may lead into it (the step then says in `merges` what they are). `keep`: of the kind that comes in,
   * rows or messages. `outFrom`: a list of `{ id, name }` in the config of which each item is an output that the person named.
   */
  ports: { in: PortsOf<string>; out: PortsOf<Port>; outFrom?: OutputsFrom }
  /** ajv checks a config with it, the editor draws the form from it (schemas/form.ts). */
  config: Config
  /** A config to start from when the node is dropped on the canvas. */
  defaults: Readonly<Record<string, unknown>>
  /** `{ 2: old => new }`: makes a config of the version before fit for this one; applied on load. */
  upgrade?: Readonly<Record<number, (config: Record<string, unknown>) => Record<string, unknown>>>
  /** May rows that came in not come out, other than by `failed`? (filter: yes; mapping: no). Decides where the node can run. */
  drops?: boolean
  /**
   * A step with a `many` input: are its lines branches of one audience (`union`: who comes twice is taken once; any worker, any batch), or
   * several audiences (`append`: all rows once, in order, as `scope: 'audience'`)?
   */
  merges?(config: Static<Config>): 'union' | 'append'
  /** One line about this node in the user's words. */
  summary?(config: Static<Config>, known: Known): Localized | null
  /** Design time, pure: the columns of each output, and problems. */
  columns(config: Static<Config>, inputs: InputColumns, known: Known): ColumnsResult
  /** The text this node brings, if it does: kept as an immutable template version when a workflow is published or run. */
  text?(config: Static<Config>): TemplateContent | null
  /** Asks the outside for the shape of its result; fetches no row. Throws an AppError, which becomes a problem. */
  describe?(config: Static<Config>, inputs: InputColumns, context: DescribeContext): Promise<Described>
  /** Run time, without state. */
  process?(batch: Batch, config: Static<Config>, context: NodeContext): Promise<Outputs<NoInfer<Port>>> | Outputs<NoInfer<Port>>
  /** Run time, with state. */
  open?(config: Static<Config>, context: NodeContext): Promise<OpenNode<NoInfer<Port>>> | OpenNode<NoInfer<Port>>
  /**
   * Run time, in place of `process`: a step that keeps rows back. For each row (`from`: the moment, ms since 1970, at which its wait begins)
   * until when; it then leaves at the first output. An error: the row leaves at `failed`. The wait is kept in the database: no process waits.
   */
  wait?(config: Static<Config>, context: NodeContext): (row: Row, from: number) => Waiting | AppError
  /** Sources: the rows, in batches of up to 1,000, never the whole result at once. Must throw if the end was not reached. */
  read?(config: Static<Config>, context: NodeContext): AsyncIterable<Batch>
  channel?: ChannelSpec<Static<Config>>
  /** Triggers that start with every event: which ones, and what they carry. Their `read` gives one made-up event, for the preview. */
  event?(config: Static<Config>): EventSpec
  /** Triggers that start by the clock; what is not said of `missed` and `overlap` is `ask` and `wait`. */
  schedule?(config: Static<Config>): {
    cron: string
    timezone: string | null
    /** A time that nobody started: ask a person, send it within so many hours, or leave it out. */
    missed?: { policy: 'ask' | 'skip' } | { policy: 'within'; hours: number }
    /** A time that comes while the run before still sends. */
    overlap?: OverlapPolicy
  }
  examples: readonly NodeExample[]
}

/** A node type as the runtime holds it: the config's type is forgotten, ajv has checked the value. */
export type NodeType = NodeSpec<TSchema> & { readonly configType: 'checked' }

/**
 * Declares a node type. The file's default export is what this returns; nothing is registered by importing it.
 *
 * @example
 * export default defineNode({ type: 'shout', version: 1, role: 'transform', effect: 'pure', scope: 'row', … })
 */
export function defineNode<const Config extends TSchema, const Port extends string>(spec: NodeSpec<Config, Port>): NodeType {
  // The registry only calls these functions with configs that ajv checked against `spec.config`.
  return { ...(spec as unknown as NodeSpec<TSchema>), configType: 'checked' }
}
