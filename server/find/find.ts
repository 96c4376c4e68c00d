import type { Kysely } from 'kysely'
import type { Found } from '#schemas/api/find.ts'
import type { Connections } from '#server/connections/open.ts'
import type { Database } from '#server/database/schema.ts'
import type { AddressDeps } from '#server/outbox/of-address.ts'
import { messagesTo } from './messages.ts'
import { namesWith } from './names.ts'
import { runsWith } from './runs.ts'

/** So many of each kind are shown: who looks for something types one letter more rather than to read on. */
const MOST = 6

export interface FindDeps {
  readonly db: Kysely<Database>
  readonly connections: Pick<Connections, 'known'>
  readonly outbox: AddressDeps
}

/** Everything of a workspace that a text leads to: workflows, lists and connections by name, runs by number, messages by exact address. */
export async function findAll(deps: FindDeps, wish: { workspaceId: string; text: string }): Promise<Found> {
  const { workspaceId, text } = wish
  const [named, listed, connected, messages] = await Promise.all([
    workflowNames(deps.db, workspaceId),
    listNames(deps.db, workspaceId),
    deps.connections.known(workspaceId),
    messagesTo(deps.outbox, { ...wish, most: MOST + 1 }),
  ])
  const runs = await runsWith(deps.db, { workspaceId, text, workflows: named, most: MOST + 1 })
  const workflows = firstOf(namesWith(named, text))
  const lists = firstOf(namesWith(listed, text))
  const connections = firstOf(namesWith([...connected.values()], text))
  const [ran, sent] = [firstOf(runs), firstOf(messages)]
  return {
    workflows: workflows.items,
    lists: lists.items,
    connections: connections.items,
    runs: ran.items,
    messages: sent.items,
    more: {
      workflows: workflows.more,
      lists: lists.more,
      connections: connections.more,
      runs: ran.more,
      messages: sent.more,
    },
  }
}

const firstOf = <Item>(all: readonly Item[]): { items: Item[]; more: boolean } => ({
  items: all.slice(0, MOST),
  more: all.length > MOST,
})

function workflowNames(db: Kysely<Database>, workspaceId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('workflow')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('deleted_at', 'is', null)
    .orderBy('updated_at', 'desc')
    .execute()
}

function listNames(db: Kysely<Database>, workspaceId: string): Promise<{ id: string; name: string }[]> {
  return (
    db
      .selectFrom('stored_list')
      .select(['id', 'name'])
      .where('workspace_id', '=', workspaceId)
      // Version 0: it is still being brought in.
      .where('version', '>', 0)
      .where('deleted_at', 'is', null)
      .orderBy('updated_at', 'desc')
      .execute()
  )
}
