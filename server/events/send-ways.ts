import type { WorkflowDocument } from '#schemas/workflow.ts'
import { check } from '#runtime/compile/check.ts'
import { fieldsWithWidget } from '#runtime/compile/schema-text.ts'
import { AppError, type ChannelSpec, type NodeType } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { freezeVersion } from '#server/workflows/freeze.ts'
import { readWorkspace } from '#server/workspace/workspace.ts'

/** How messages of a connection and channel go out: the graph of their open run. */
export interface SendWay {
  readonly workspaceId: string
  readonly workflowId: string
  readonly channel: Pick<ChannelSpec<never>, 'name' | 'addressKind'>
  /** Names its open run, without the app. */
  readonly name: string
  /** Makes the version that a new run pins. */
  version(): Promise<string>
}

export interface WayWish {
  readonly workspaceId: string
  readonly connection: string
  readonly channel: string | undefined
  readonly isKakao: boolean
}

/** A connection that was changed or deleted is noticed so much later at most, ms. */
const KEPT_MS = 5000

/** Ways by what a message names, kept for a moment: thousands of messages a second name the same one. */
export class SendWays {
  readonly #parts: Parts
  readonly #known = new Map<string, { readonly at: number; way: SendWay | Promise<SendWay> }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** At once where the way is known. @throws AppError `connection-missing`, `connection-unfit`, `channel-needed` */
  of(wish: WayWish): SendWay | Promise<SendWay> {
    // Names hold no line break where they name anything.
    const key = `${wish.workspaceId}\n${wish.channel ?? ''}\n${wish.isKakao}\n${wish.connection}`
    const known = this.#known.get(key)
    if (known && performance.now() - known.at < KEPT_MS) return known.way
    const way = this.#find(wish)
    const entry: { readonly at: number; way: SendWay | Promise<SendWay> } = { at: performance.now(), way }
    this.#known.set(key, entry)
    way.then(
      (found) => (entry.way = found),
      () => this.#known.delete(key),
    )
    return way
  }

  async #find(wish: WayWish): Promise<SendWay> {
    const { workspaceId } = wish
    const known = (await this.#parts.connections.known(workspaceId)).get(wish.connection)
    if (!known) throw new AppError('connection-missing', { connection: wish.connection })
    const [only, ...more] = known.channels
    const channel = wish.channel ?? (more.length === 0 ? only : undefined)
    if (channel === undefined || !known.channels.includes(channel))
      throw new AppError('channel-needed', { connection: known.name, channels: known.channels.join(', ') || '—' })
    const type = this.#typeOf(channel)
    const workflowId = await builtInWorkflow(this.#parts, workspaceId)
    const document = graphOf(type, {
      connection: wish.connection,
      isKakao: wish.isKakao,
      label: `${known.name} · ${type.title.ko}`,
    })
    return {
      workspaceId,
      workflowId,
      channel: { name: channel, addressKind: type.channel.addressKind },
      name: `send:${wish.connection}:${channel}:${wish.isKakao ? 'kakao' : 'text'}`,
      version: () => this.#freeze({ workspaceId, workflowId, document }),
    }
  }

  #typeOf(channel: string): NodeType & { channel: ChannelSpec<never> } {
    for (const { type, channel: name } of this.#parts.registry.descriptors()) {
      const found = name === channel ? this.#parts.registry.node(type)?.type : undefined
      // What a channel's functions take is the config, which the registry has checked.
      if (found?.channel) return found as NodeType & { channel: ChannelSpec<never> }
    }
    throw new AppError('channel-needed', { connection: channel, channels: '—' })
  }

  async #freeze(one: { workspaceId: string; workflowId: string; document: WorkflowDocument }): Promise<string> {
    const { db, registry, cache } = this.#parts
    const [host, workspace, known] = await Promise.all([
      this.#parts.host(one.workspaceId),
      readWorkspace(db, one.workspaceId),
      this.#parts.connections.known(one.workspaceId),
    ])
    const { timezone } = workspace
    const checked = await check(one.document, { registry, host, cache, timezone, signal: new AbortController().signal })
    if (!checked.plan) {
      const errors = checked.problems.filter(({ severity }) => severity === 'error')
      throw new AppError('has-problems', { count: errors.length })
    }
    const frozen = await freezeVersion(db, {
      place: { workspaceId: one.workspaceId, id: one.workflowId },
      document: one.document,
      checked,
      registry,
      known: (id) => known.get(id) ?? null,
      revision: 1,
      version: null,
      timezone,
      actor: 'system',
    })
    return frozen.id
  }
}

function graphOf(
  type: NodeType,
  { connection, isKakao, label }: { connection: string; isKakao: boolean; label: string },
): WorkflowDocument {
  const named = (widget: 'connection' | 'column', value: string) =>
    Object.fromEntries(fieldsWithWidget(type.config, widget).map(({ name }) => [name, value]))
  const at = (x: number) => ({ x, y: 0 })
  return {
    schemaVersion: 1,
    name: label,
    nodes: [
      { id: 'api', type: 'api-sends', typeVersion: 1, position: at(0), config: { form: isKakao ? 'kakao' : 'text' } },
      {
        id: 'send',
        type: type.type,
        typeVersion: type.version,
        position: at(320),
        config: { ...type.defaults, ...named('column', 'to'), ...named('connection', connection) },
      },
    ],
    edges: [
      { id: 'e1', source: 'api', sourcePort: 'start', target: 'send', targetPort: Object.keys(type.ports.in)[0] ?? 'messages' },
    ],
    settings: {},
  }
}

/** The workflow that runs of single sends belong to: made once a workspace, shown in no list. */
async function builtInWorkflow({ pool }: Parts, workspaceId: string): Promise<string> {
  const found = async (): Promise<string | undefined> =>
    (await pool.query<{ id: string }>(`select id from workflow where workspace_id = $1 and built_in = 'sends'`, [workspaceId]))
      .rows[0]?.id
  const known = await found()
  if (known !== undefined) return known
  await pool.query(
    `insert into workflow (id, workspace_id, name, document, built_in, deleted_at, created_by, updated_by)
     values ($1, $2, 'API', '{}', 'sends', now(), 'system', 'system') on conflict do nothing`,
    [uuidV7(), workspaceId],
  )
  const made = await found()
  if (made === undefined) throw new Error('The workflow of single sends could not be made')
  return made
}
