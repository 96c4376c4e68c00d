import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import Type from 'typebox'
import { ConnectionChange, ConnectionPage } from '#schemas/api/connections.ts'
import { PageQuery } from '#schemas/api/paging.ts'
import { Ready } from '#schemas/api/ready.ts'
import { Connection, ConnectionInput, type ConnectionLimit, ConnectionTest } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import type { Registry } from '#runtime/registry.ts'
import { checkInput } from '#server/connections/check-input.ts'
import { namedTexts } from '#server/connections/named-texts.ts'
import type { Connections } from '#server/connections/open.ts'
import { probe } from '#server/connections/probe.ts'
import { readyOf } from '#server/connections/ready.ts'
import type { Database } from '#server/database/schema.ts'
import { shown, type ConnectionRow, type ConnectionStore } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'
import { readLimitStates, type LimitState } from '#server/limits/limit-state.ts'
import { forgetHealth } from '#server/limits/place.ts'
import { languageOf } from '#server/plugins/language.ts'

export interface ConnectionRoutesDeps {
  readonly store: ConnectionStore
  readonly connections: Connections
  readonly registry: Pick<Registry, 'connectionKinds'>
  readonly pool: Pick<Pool, 'query'>
  readonly db: Kysely<Database>
}

const Id = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$' }) })
const tags = ['connections']

const place = (request: { workspaceId: string; params: { id: string } }) => ({
  workspaceId: request.workspaceId,
  id: request.params.id,
})

/** A stored connection as it may be shown: never its secrets. */
function show(registry: ConnectionRoutesDeps['registry'], row: ConnectionRow, language: Language): Connection {
  const kind = registry.connectionKinds().find((one) => one.kind === row.kind)
  return shown(row, kind, language)
}

const limitOf = (state: LimitState | undefined): ConnectionLimit | null =>
  state ? { code: state.code, message: state.message, until: state.until } : null

/** Lists and reads them, with what holds them back now. */
function readRoutes(app: App, { store, registry, pool }: ConnectionRoutesDeps): void {
  app.get(
    '/api/connections',
    { schema: { tags, summary: 'List connections', querystring: Type.Object(PageQuery), response: { 200: ConnectionPage } } },
    async (request) => {
      const [rows, users] = await Promise.all([store.list(request.workspaceId), store.users(request.workspaceId)])
      const { limit = 50, cursor } = request.query
      const from = cursor === undefined ? 0 : rows.findIndex(({ id }) => id === cursor) + 1
      const items = rows.slice(from, from + limit)
      const connectionIds = items.map(({ id }) => id)
      const limits = await readLimitStates(pool, {
        workspaceId: request.workspaceId,
        connectionIds,
        language: languageOf(request),
      })
      return {
        items: items.map((row) => ({
          ...show(registry, row, languageOf(request)),
          usedBy: users.get(row.id) ?? [],
          limit: limitOf(limits.get(row.id)),
        })),
        nextCursor: from + limit < rows.length ? (items.at(-1)?.id ?? null) : null,
      }
    },
  )

  app.get(
    '/api/connections/:id',
    { schema: { tags, summary: 'Read a connection, without its secrets', params: Id, response: { 200: Connection } } },
    async (request) => {
      const { workspaceId } = request
      const [row, users] = await Promise.all([store.read(place(request)), store.users(workspaceId)])
      const limits = await readLimitStates(pool, { workspaceId, connectionIds: [row.id], language: languageOf(request) })
      return { ...show(registry, row, languageOf(request)), usedBy: users.get(row.id) ?? [], limit: limitOf(limits.get(row.id)) }
    },
  )
}

/** List, create, read, change, delete. Secrets go in and never come out. */
export function connectionRoutes(app: App, deps: ConnectionRoutesDeps): void {
  const { store, connections, registry, pool } = deps
  readRoutes(app, deps)

  app.post(
    '/api/connections',
    { schema: { tags, summary: 'Create a connection', body: ConnectionInput, response: { 201: Connection } } },
    async (request, reply) => {
      const { workspaceId, actor } = request
      const input = checkInput(request.body, { kinds: registry.connectionKinds(), language: languageOf(request) })
      return reply.status(201).send(show(registry, await store.create(workspaceId, input, actor), languageOf(request)))
    },
  )

  app.put(
    '/api/connections/:id',
    {
      schema: {
        tags,
        summary: 'Change a connection; secrets that are left out keep their value',
        params: Id,
        body: ConnectionChange,
        response: { 200: Connection },
      },
    },
    async (request) => {
      const old = await store.read(place(request))
      const { revision, ...body } = request.body
      const stored = store.secretsOf(old)
      // A connection keeps its kind: workflows lean on it.
      const input = checkInput(
        { ...body, kind: old.kind },
        { kinds: registry.connectionKinds(), stored, language: languageOf(request) },
      )
      const saved = await store.change(place(request), { ...input, revision }, request.actor)
      await connections.forget(saved.workspace_id, saved.id)
      await forgetHealth({ pool, workspaceId: saved.workspace_id, connectionId: saved.id })
      return show(registry, saved, languageOf(request))
    },
  )

  app.delete(
    '/api/connections/:id',
    { schema: { tags, summary: 'Delete a connection', params: Id, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await store.remove(place(request), request.actor)
      await connections.forget(place(request).workspaceId, request.params.id)
      return reply.status(204).send(null)
    },
  )
  connectionTestRoutes(app, deps)
  readyRoute(app, deps)
}

/** What real sending over it needs. Asks the provider, changes nothing. */
function readyRoute(app: App, { store, connections, db }: ConnectionRoutesDeps): void {
  app.get(
    '/api/connections/:id/ready',
    { schema: { tags, summary: 'What real sending over a provider needs, and has', params: Id, response: { 200: Ready } } },
    async (request) => {
      const row = await store.read(place(request))
      const { workspaceId } = request
      // @throws `connection-missing` for a database: it sends nothing.
      const provider = await connections.provider(workspaceId, row.id)
      const named = await namedTexts(db, { workspaceId, id: row.id })
      return readyOf({ kind: row.kind, provider, named, language: languageOf(request) })
    },
  )
}

/** Tries a connection, saved or not. */
function connectionTestRoutes(app: App, { store, connections, registry }: ConnectionRoutesDeps): void {
  app.post(
    '/api/connections/test',
    { schema: { tags, summary: 'Try settings that are not saved', body: ConnectionInput, response: { 200: ConnectionTest } } },
    async (request) => {
      const language = languageOf(request)
      const input = checkInput(request.body, { kinds: registry.connectionKinds(), language })
      const role = registry.connectionKinds().find(({ kind }) => kind === input.kind)?.role ?? 'provider'
      const { dialect: _, ...result } = await probe(connections, { ...input, dialect: null, role }, language)
      return result
    },
  )

  app.post(
    '/api/connections/:id/test',
    { schema: { tags, summary: 'Try a connection', params: Id, response: { 200: ConnectionTest } } },
    async (request) => {
      const row = await store.read(place(request))
      const { role, settings } = show(registry, row, languageOf(request))
      const from = { kind: row.kind, name: row.name, settings, secrets: store.secretsOf(row), dialect: row.dialect, role }
      const { dialect, ...result } = await probe(connections, from, languageOf(request))
      const health = {
        state: result.ok ? ('ok' as const) : ('failed' as const),
        checkedAt: new Date().toISOString(),
        error: result.error,
      }
      await store.setHealth(place(request), health, dialect)
      return result
    },
  )
}
