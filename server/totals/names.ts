import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Pinned } from '#schemas/pinned.ts'
import { channelAt, type PricedChannel } from '#server/runs/prices.ts'
import type { Plans } from '#server/worker/engine-deps.ts'

/** What a node of a version is called. */
export interface NodeNames {
  readonly nodeId: string
  readonly nodeLabel: string
  readonly channel: string | null
  readonly connectionId: string | null
  readonly connectionName: string | null
  /** What decides the price of a message of this stage; null: it sends none. */
  readonly priced: PricedChannel | null
}

export interface NamesDeps {
  readonly pool: Pool
  readonly plans: Pick<Plans, 'plan'>
}

type OfVersion = ReadonlyMap<number, NodeNames>

/** Versions whose names are remembered; they never change. */
const KEPT = 200

/** Names of the nodes of versions, by number. */
export class VersionNames {
  readonly #deps: NamesDeps
  readonly #known = new Map<string, OfVersion>()

  constructor(deps: NamesDeps) {
    this.#deps = deps
  }

  /** Nothing for a version that is gone, or needs a plugin that is gone. */
  async of(workspaceId: string, versionId: string): Promise<OfVersion> {
    const known = this.#known.get(versionId)
    if (known) return known
    const names = await this.#read(workspaceId, versionId)
    this.#known.set(versionId, names)
    const oldest = this.#known.keys().next().value
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return names
  }

  async #read(workspaceId: string, versionId: string): Promise<OfVersion> {
    const { pool, plans } = this.#deps
    const { rows } = await pool.query<{ pinned: Pinned }>(
      'select pinned from workflow_version where workspace_id = $1 and id = $2',
      [workspaceId, versionId],
    )
    const pinned = rows[0]?.pinned
    if (!pinned) return new Map()
    try {
      return namesOf(await plans.plan(pinned, workspaceId), pinned)
    } catch (error) {
      if (error instanceof AppError) return new Map()
      throw error
    }
  }
}

function namesOf(plan: Plan, pinned: Pinned): OfVersion {
  return new Map(
    Object.values(plan.nodes).map((node) => {
      const connectionId = node.type.channel?.connection(node.config) ?? null
      const stage = plan.stages.find((one) => one.kind === 'send' && one.no === node.no)
      const names: NodeNames = {
        nodeId: node.id,
        nodeLabel: node.label,
        channel: node.type.channel?.name ?? null,
        connectionId,
        connectionName: connectionId === null ? null : (pinned.connections[connectionId]?.name ?? null),
        priced: stage?.kind === 'send' ? channelAt(stage.channel, { plan, pinned }) : null,
      }
      return [node.no, names]
    }),
  )
}
