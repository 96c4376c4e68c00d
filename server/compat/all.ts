import type { App } from '#server/http.ts'
import { individualVariableRoutes, mappingRoutes } from './mappings.ts'
import { mysqlRoutes } from './mysql.ts'
import { healthRoutes, schedulerRoutes } from './scheduler.ts'
import { seedRoutes } from './seed-route.ts'
import { targetRoutes, variableQueryRoutes } from './targets.ts'
import { templateRoutes } from './templates.ts'
import { supabaseRoutes, workflowRoutes } from './workflows.ts'

/** Every path of the old API that is not one of ours; docs/seed-api.md says what each became. */
export const SEED_ROUTES = [
  ...templateRoutes,
  ...variableQueryRoutes,
  ...targetRoutes,
  ...mysqlRoutes,
  ...mappingRoutes,
  ...workflowRoutes,
  ...supabaseRoutes,
  ...individualVariableRoutes,
  ...schedulerRoutes,
  ...healthRoutes,
]

/** The paths of the old API, answered by ours. */
export const compatRoutes = (app: App): void => seedRoutes(app, SEED_ROUTES)
