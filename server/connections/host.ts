import type { Host } from '#runtime/host.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { Clock, Http, Log } from '#runtime/sdk/index.ts'
import type { Connections } from './open.ts'

/** What the runtime gets to see of one workspace. Known connections are read once: a host lives for one check, preview or run job. */
export async function createHost(
  workspaceId: string,
  deps: { connections: Connections; clock: Clock; log: Log; http: Http },
): Promise<Host> {
  const known = await deps.connections.known(workspaceId)
  return {
    connection: (id) => deps.connections.sql(workspaceId, id),
    known: (id) => known.get(id) ?? null,
    queries: setQueries,
    http: deps.http,
    clock: deps.clock,
    log: deps.log,
  }
}
