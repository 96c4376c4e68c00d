import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import type { PgBoss } from 'pg-boss'
import type { Parts } from './compose.ts'
import { createEvents } from './events/events.ts'
import { Webhooks } from './events/webhooks.ts'
import type { HealthDeps } from './health.ts'
import type { App } from './http.ts'
import { registerApiDocs } from './plugins/api-docs.ts'
import { registerDoors, type DoorOptions } from './plugins/doors.ts'
import { registerEnding } from './plugins/ending.ts'
import { answerUnrouted, registerErrors } from './plugins/errors.ts'
import { registerIdentity } from './plugins/identity.ts'
import { registerJsonBody } from './plugins/json-body.ts'
import { registerSecurityHeaders } from './plugins/security-headers.ts'
import { registerEditor } from './plugins/static-editor.ts'
import { registerValidation } from './plugins/validation.ts'
import { AudienceChecks } from './audience/audience-checks.ts'
import { audienceCheckRoutes } from './routes/audience-checks.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { connectionQueryRoutes } from './routes/connection-queries.ts'
import { keptResultsRoutes } from './routes/kept-results.ts'
import { connectionRoutes } from './routes/connections.ts'
import { compatRoutes } from './compat/all.ts'
import { eventRoutes } from './routes/events.ts'
import { explainRoutes } from './routes/explain.ts'
import { listRoutes } from './routes/lists.ts'
import { ListUploads } from './lists/uploads.ts'
import { listUploadRoutes } from './routes/list-uploads.ts'
import { healthRoutes } from './routes/health.ts'
import { nodeTypeRoutes } from './routes/node-types.ts'
import { noticeRoutes } from './routes/notices.ts'
import { pastMappingRoutes } from './routes/past-mappings.ts'
import { runReadingRoutes } from './routes/run-reading.ts'
import { savedObjectRoutes } from './routes/saved-objects.ts'
import { schemaRoutes } from './routes/schemas.ts'
import { sendRoutes } from './routes/sends.ts'
import { settingsRoutes } from './routes/settings.ts'
import { workerRoutes } from './routes/workers.ts'
import { tableQueryRoutes } from './routes/table-queries.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { workflowRoutes } from './routes/workflows.ts'
import { createKnownRuns } from './runs/known-runs.ts'
import { SavedObjectStore } from './saved-objects/store.ts'
import { WorkflowService } from './workflows/service.ts'
import { createLanguages } from './workspace/languages.ts'
import { DEFAULT_WORKSPACE } from './workspace/workspace.ts'

export interface AppDeps {
  readonly parts: Parts
  readonly boss: PgBoss
  /** For what listens to the database by itself (live progress). */
  readonly databaseUrl: string
  readonly door: DoorOptions
  readonly health: Omit<HealthDeps, 'pool'>
  /** Folder of the built editor. */
  readonly editor: string
  readonly version: string
  /** Where the public door is reached, without a slash at the end. */
  readonly publicUrl?: string | null
  /** From one address; default far above what people make. */
  readonly requestsPerMinute?: number
}

/** Largest body: a workflow of 2,000 nodes with long statements fits. */
const BODY_LIMIT = 8 * 1024 * 1024
/** Requests a minute and address: far above what an editor makes, below what hurts. */
const RATE = 6000

/** What each answer carries, how much is asked, and who may come in: in this order, so that a refusal has the headers too. */
async function registerSafety(app: App, { door, requestsPerMinute }: AppDeps): Promise<void> {
  await app.register(cookie)
  await registerSecurityHeaders(app, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        // Plain HTTP on another name of the machine would break.
        'upgrade-insecure-requests': null,
      },
    },
    hsts: false,
  })
  await app.register(rateLimit, {
    max: requestsPerMinute ?? RATE,
    timeWindow: 60_000,
    // A request that a test injects has no address.
    keyGenerator: (request) => request.ip ?? 'local',
  })
  registerDoors(app, door)
}

/** The web application as a function: the list of what it can do is its table of contents. Listens nowhere by itself. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { parts, boss } = deps
  const languages = createLanguages(parts.db)
  await languages.load(DEFAULT_WORKSPACE)
  const app: App = fastify({
    bodyLimit: BODY_LIMIT,
    // At the end of the process: requests under way get their answer.
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    frameworkErrors: answerUnrouted(parts.log),
  })
  // Before all that may refuse: only what its hook has seen is closed after a refusal.
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } })
  registerErrors(app, parts.log)
  registerEnding(app)
  registerJsonBody(app)
  registerValidation(app)
  registerIdentity(app, languages)
  await registerSafety(app, deps)
  await registerApiDocs(app, deps.version)
  const service = new WorkflowService({ parts, boss })
  const reading = { pool: parts.pool, registry: parts.registry, known: createKnownRuns(parts), clock: parts.clock }
  const events = createEvents({ parts, boss, known: reading.known })
  app.addHook('onClose', () => events.close())
  healthRoutes(app, { pool: parts.pool, store: parts.store, ...deps.health })
  workerRoutes(app, parts)
  schemaRoutes(app)
  nodeTypeRoutes(app, parts)
  settingsRoutes(app, { db: parts.db, languages })
  connectionRoutes(app, parts)
  connectionQueryRoutes(app, parts)
  keptResultsRoutes(app, parts)
  catalogRoutes(app, parts)
  tableQueryRoutes(app, parts)
  explainRoutes(app, parts)
  listRoutes(app, { lists: parts.lists, pool: parts.pool, reading: { pool: parts.pool, listKeys: parts.boxes.listKeys } })
  listUploadRoutes(app, { lists: parts.lists, uploads: new ListUploads(parts.pool, parts.boxes.listKeys) })
  pastMappingRoutes(app, parts)
  savedObjectRoutes(app, { store: new SavedObjectStore(parts.db) })
  noticeRoutes(app, parts)
  workflowRoutes(app, { parts, service, reading })
  const checks = new AudienceChecks({
    checkDeps: (workspaceId, signal, workflowId) => service.checkDeps(workspaceId, signal, { workflowId }),
    now: () => parts.clock.now().getTime(),
    log: parts.log,
  })
  app.addHook('onClose', () => checks.close())
  audienceCheckRoutes(app, { checks, store: service.store, pool: parts.pool })
  runReadingRoutes(app, { parts, boss, reading, databaseUrl: deps.databaseUrl })
  eventRoutes(app, events)
  sendRoutes(app, events)
  const webhooks = new Webhooks({
    pool: parts.pool,
    box: parts.boxes.connection,
    publicUrl: deps.publicUrl ?? null,
    now: () => parts.clock.now(),
  })
  webhookRoutes(app, { webhooks, store: service.store })
  compatRoutes(app)
  await registerEditor(app, deps.editor)
  return app
}
