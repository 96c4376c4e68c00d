import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import type { PgBoss } from 'pg-boss'
import type { Parts } from './compose.ts'
import type { App } from './http.ts'
import { registerDoors, type DoorOptions } from './plugins/doors.ts'
import { registerErrors } from './plugins/errors.ts'
import { registerJsonBody } from './plugins/json-body.ts'
import { registerEditor } from './plugins/static-editor.ts'
import { connectionRoutes } from './routes/connections.ts'
import { healthRoutes, type HealthDeps } from './routes/health.ts'
import { nodeTypeRoutes } from './routes/node-types.ts'
import { schemaRoutes } from './routes/schemas.ts'
import { settingsRoutes } from './routes/settings.ts'
import { workflowRoutes } from './routes/workflows.ts'
import { WorkflowService } from './workflows/service.ts'
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
}

/** Largest body: a workflow of 2,000 nodes with long statements fits. */
const BODY_LIMIT = 8 * 1024 * 1024
/** Requests a minute and address: far above what an editor makes, below what hurts. */
const RATE = 6000

async function registerSafety(app: App, door: DoorOptions): Promise<void> {
  await app.register(cookie)
  registerDoors(app, door)
  await app.register(helmet, {
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
  // A request that a test injects has no address.
  await app.register(rateLimit, { max: RATE, timeWindow: 60_000, keyGenerator: (request) => request.ip ?? 'local' })
}

async function registerDocs(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Alimflow',
        version,
        description: 'Everything the pages do. Errors have one form; a wrong graph is no error but `problems`.',
      },
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { docExpansion: 'list' } })
}

function registerIdentity(app: App): void {
  app.decorateRequest('workspaceId', '')
  app.decorateRequest('actor', '')
  // Set for each request below; there is no meaningful value before.
  app.decorateRequest('gone', null as never)
  app.addHook('onRequest', async (request, reply) => {
    request.workspaceId = DEFAULT_WORKSPACE
    request.actor = 'local'
    const controller = new AbortController()
    request.gone = controller.signal
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) controller.abort()
    })
  })
}

/** The web application as a function: the list of what it can do is its table of contents. Listens nowhere by itself. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { parts, boss } = deps
  const app: App = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // A field that a schema does not know is refused by its name, never dropped; defaults are filled in.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: true, useDefaults: true, strict: false } },
  })
  registerErrors(app, parts.log)
  registerJsonBody(app)
  await registerSafety(app, deps.door)
  registerIdentity(app)
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } })
  await registerDocs(app, deps.version)
  const service = new WorkflowService({ parts, boss })
  healthRoutes(app, { pool: parts.pool, ...deps.health })
  schemaRoutes(app)
  nodeTypeRoutes(app, parts)
  settingsRoutes(app, parts)
  connectionRoutes(app, parts)
  workflowRoutes(app, { parts, service })
  await registerEditor(app, deps.editor)
  return app
}
