import type { Pool } from 'pg'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { payloadReader, type ReadPayload } from '#runtime/events/payload.ts'
import type { Registry } from '#runtime/registry.ts'
import type { EventSpec, Json } from '#runtime/sdk/index.ts'

/** An enabled workflow whose published version starts with events. */
export interface Listener {
  readonly workspaceId: string
  readonly workflowId: string
  readonly versionId: string
  readonly nodeId: string
  /** Null: it has an address of its own. */
  readonly event: string | null
  /** A source reads the people: each event starts a run of its own. */
  readonly hasSource: boolean
  read(payload: Readonly<Record<string, Json>>): ReadPayload
}

interface Row {
  workflow_id: string
  version_id: string
  node_id: string
  event: string | null
}

/** Who listens to which event. Asked anew for each call, but once for all calls that come in the same moment: a workflow that was just switched on hears the next event. */
export class Listeners {
  readonly #pool: Pool
  readonly #registry: Pick<Registry, 'node'>
  /** Questions that are about to be asked, by workspace. */
  readonly #next = new Map<string, Promise<readonly Listener[]>>()
  /** By version and node: versions never change. */
  readonly #versions = new Map<string, Pick<Listener, 'hasSource' | 'read'>>()

  constructor(deps: { pool: Pool; registry: Pick<Registry, 'node'> }) {
    this.#pool = deps.pool
    this.#registry = deps.registry
  }

  /** All of a workspace. */
  all(workspaceId: string): Promise<readonly Listener[]> {
    const next = this.#next.get(workspaceId)
    if (next) return next
    const asked = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.#next.delete(workspaceId)
      return this.#read(workspaceId)
    })
    this.#next.set(workspaceId, asked)
    return asked
  }

  async #read(workspaceId: string): Promise<readonly Listener[]> {
    const { rows } = await this.#pool.query<Row>({
      name: 'listeners',
      text: 'select workflow_id, version_id, node_id, event from event_trigger where workspace_id = $1 order by workflow_id',
      values: [workspaceId],
    })
    return Promise.all(
      rows.map(async (row) => ({
        workspaceId,
        workflowId: row.workflow_id,
        versionId: row.version_id,
        nodeId: row.node_id,
        event: row.event,
        ...(await this.#version(workspaceId, row)),
      })),
    )
  }

  async #version(workspaceId: string, row: Row): Promise<Pick<Listener, 'hasSource' | 'read'>> {
    const key = `${row.version_id} ${row.node_id}`
    const known = this.#versions.get(key)
    if (known) return known
    const { rows } = await this.#pool.query<{ document: WorkflowDocument }>(
      `select pinned->'document' as document from workflow_version where id = $1 and workspace_id = $2`,
      [row.version_id, workspaceId],
    )
    const nodes = rows[0]?.document.nodes ?? []
    const node = nodes.find(({ id }) => id === row.node_id)
    const spec = node && eventOf(this.#registry, node)
    const version = {
      hasSource: nodes.some(({ type }) => this.#registry.node(type)?.type.role === 'source'),
      read: payloadReader(spec?.columns ?? []),
    }
    this.#versions.set(key, version)
    return version
  }
}

/** What a node says of its events; null: it is no trigger of events, or of an unknown type. */
export function eventOf(registry: Pick<Registry, 'node'>, node: WorkflowNode): EventSpec | null {
  const found = registry.node(node.type)
  return found?.type.event?.(found.load(node.config, node.typeVersion).config) ?? null
}
