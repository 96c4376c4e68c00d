import type { Host } from '#runtime/host.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import type { Clock, Http, Log } from '#runtime/sdk/index.ts'
import { tableQueries } from '#runtime/queries/visual/table-queries.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { namedConnection, type SeenCatalog } from '#server/catalog/named-connection.ts'
import type { Connections } from './open.ts'

/** The run or the workflow that a host works for. */
export interface HostAbout {
  readonly workflowId?: string | undefined
  readonly runId?: string | undefined
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
  const [known, lists, namings] = await Promise.all([deps.connections.known(workspaceId), deps.lists(), deps.namings()])
  return {
    // Whoever asks for rows gets the same object each time: answers are remembered by connection.
    connection: async (id, asking) =>
      asking
        ? deps.connections.forAsker(workspaceId, id, {
            ...deps.about,
            nodeId: asking.nodeId,
            purpose: asking.preview ? 'preview' : 'run',
          })
        : namedConnection(await deps.connections.sql(workspaceId, id), () => deps.seen(id)),
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
