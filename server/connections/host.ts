import type { Host } from '#runtime/host.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import type { Clock, Http, Log } from '#runtime/sdk/index.ts'
import { tableQueries } from '#runtime/queries/visual/table-queries.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { namedConnection, type SeenCatalog } from '#server/catalog/named-connection.ts'
import type { Connections } from './open.ts'
import type { PreviewUse } from './results/for-preview.ts'

/** The run or the workflow that a host works for. */
export interface HostAbout {
  readonly workflowId?: string | undefined
  readonly runId?: string | undefined
  /** A person looks while editing: results may be shown again, and no more rows are read than a look may take. */
  readonly look?: PreviewUse | undefined
}

type CatalogOf = (connection: string, options: { fresh: boolean }) => Promise<Catalog>

/** What the runtime gets to see of one workspace. Known connections and lists are read once: a host lives for one check, preview or run job. */
export async function createHost(
  workspaceId: string,
  deps: {
    connections: Connections
    /** What the work is for, as it is noted beside each query. */
    about?: HostAbout | undefined
    catalog: CatalogOf
    /** What is known of a database without asking it. */
    seen(connection: string): Promise<SeenCatalog | null>
    /** By connection: another text whenever people call things otherwise. */
    namings(): Promise<ReadonlyMap<string, string>>
    lists(): Promise<Lists>
    inner: InnerSource
    clock: Clock
    log: Log
    http: Http
  },
): Promise<Host> {
  const { look, ...about } = deps.about ?? {}
  const [known, lists, namings] = await Promise.all([deps.connections.known(workspaceId), deps.lists(), deps.namings()])
  return {
    // Whoever asks for rows gets the same object each time: answers are remembered by connection.
    async connection(id, asking) {
      const { connections } = deps
      if (!asking) return namedConnection(await connections.sql(workspaceId, id), () => deps.seen(id))
      const { nodeId, preview } = asking
      if (preview && look) return connections.forPreview({ workspaceId, id }, { ...about, nodeId, purpose: 'preview' }, look)
      return connections.forAsker(workspaceId, id, { ...about, nodeId, purpose: preview ? 'preview' : 'run' })
    },
    service: (id) => deps.connections.service(workspaceId, id),
    known(id) {
      const [connection, naming] = [known.get(id), namings.get(id)]
      return connection ? { ...connection, ...(naming !== undefined && { naming }) } : null
    },
    lists,
    inner: deps.inner,
    queries: setQueries,
    tables: tableQueries(deps.catalog),
    http: deps.http,
    clock: deps.clock,
    log: deps.log,
  }
}
