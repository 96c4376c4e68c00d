import type { Host } from '#runtime/host.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import type { Clock, Http, Log } from '#runtime/sdk/index.ts'
import { tableQueries } from '#runtime/queries/visual/table-queries.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { namedConnection, type SeenCatalog } from '#server/catalog/named-connection.ts'
import type { Connections } from './open.ts'

type CatalogOf = (connection: string, options: { fresh: boolean }) => Promise<Catalog>

/** What the runtime gets to see of one workspace. Known connections and lists are read once: a host lives for one check, preview or run job. */
export async function createHost(
  workspaceId: string,
  deps: {
    connections: Connections
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
    connection: async (id) => namedConnection(await deps.connections.sql(workspaceId, id), () => deps.seen(id)),
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
