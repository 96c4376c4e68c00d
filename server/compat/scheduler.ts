import type { Static } from 'typebox'
import type { ConnectionsHealth, SchedulerHealth } from '#schemas/api/health.ts'
import type { Workflow, WorkflowItem, WorkflowPage } from '#schemas/api/workflows.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { Notes } from '#runtime/three-step/notes.ts'
import { fieldsOf, textOf } from '#runtime/three-step/read-fields.ts'
import { startStep } from '#runtime/three-step/trigger.ts'
import type { SeedCall, SeedRoute } from './seed-route.ts'

/** `/api/scheduler/…`: a job is a workflow that starts by the clock; its id is the workflow's. */
export const schedulerRoutes: readonly SeedRoute[] = [
  [
    'GET /api/scheduler/jobs',
    { summary: 'Workflows that start by the clock' },
    async (call) => (await scheduled(call)).map(jobOf),
  ],
  [
    'POST /api/scheduler/jobs',
    { summary: 'Let a workflow start by the clock', status: 201 },
    (call) => schedule(call, textOf(call.body, 'workflowId')),
  ],
  [
    'PUT /api/scheduler/jobs/:id',
    { summary: 'Change when a workflow starts' },
    (call) => schedule(call, call.params['id'] ?? null),
  ],
  [
    'DELETE /api/scheduler/jobs/:id',
    { summary: 'Keep a workflow from starting by the clock', status: 204 },
    (call) => call.inside.ask(call.request, ['POST', `${pathOf(call.params['id'] ?? '')}/disable`]),
  ],
  [
    'GET /api/scheduler/monitor',
    { summary: 'Does what is due start' },
    async (call) => {
      const jobs = (await scheduled(call)).map(jobOf)
      const health = await call.inside.ask<object>(call.request, ['GET', '/api/health/scheduler'])
      return { ...health, total: jobs.length, pending: jobs.filter(({ status }) => status === 'pending').length, jobs }
    },
  ],
]

/** `/api/health/{mysql,supabase}`; `scheduler` is ours already. */
export const healthRoutes: readonly SeedRoute[] = [
  [
    'GET /api/health/mysql',
    { summary: 'How the connected databases fared when they were last tried' },
    async ({ inside, request }) => {
      const { items } = await inside.ask<Static<typeof ConnectionsHealth>>(request, ['GET', '/api/health/connections'])
      const databases = items.filter(({ kind }) => ['mysql', 'postgres', 'embedded'].includes(kind))
      const isDown = databases.some(({ health }) => health.state === 'failed')
      return { status: isDown ? 'down' : 'ok', connections: databases }
    },
  ],
  [
    'GET /api/health/supabase',
    { summary: 'The platform’s own database' },
    async ({ inside, request }) => {
      const found = await inside.ask<Pick<Static<typeof SchedulerHealth>, 'state'>>(request, ['GET', '/api/health/database'])
      return { status: found.state, ...found }
    },
  ],
]

const pathOf = (id: string): string => `/api/workflows/${encodeURIComponent(id)}`

async function scheduled({ inside, request }: SeedCall): Promise<WorkflowItem[]> {
  const { items } = await inside.ask<WorkflowPage>(request, ['GET', '/api/workflows?limit=500'])
  return items.filter(({ trigger }) => trigger?.type === 'schedule-trigger')
}

function jobOf({ id, name, enabled, nextRunAt, trigger, lastRun }: WorkflowItem) {
  return {
    id,
    workflow_id: id,
    job_name: name,
    job_type: 'recurring',
    status: enabled ? 'pending' : 'cancelled',
    scheduled_at: nextRunAt,
    schedule_config: { description: trigger?.summary?.ko ?? null },
    last_run: lastRun,
  }
}

/** The start of the draft becomes this schedule; then it is published and switched on, as the old scheduler would have taken it at once. */
async function schedule(call: SeedCall, id: string | null): Promise<unknown> {
  const { inside, request, body } = call
  if (id === null) throw new AppError('not-found', { what: 'workflow' })
  const workflow = await inside.ask<Workflow>(request, ['GET', pathOf(id)])
  const config = Object.keys(fieldsOf(body, 'scheduleConfig')).length > 0 ? fieldsOf(body, 'scheduleConfig') : body
  const start = startStep({ type: 'schedule', fields: config }, new Notes())
  if (!start.config['cron']) throw new AppError('invalid-request', { detail: 'schedule_config: cron, or frequency and time' })
  const isTrigger = (type: string): boolean => type.endsWith('-trigger')
  const { document, revision } = workflow
  const nodes = document.nodes.map((node) => (isTrigger(node.type) ? { ...node, ...start } : node))
  await inside.ask(request, ['PUT', pathOf(id), { revision, document: { ...document, nodes } }])
  await inside.ask(request, ['POST', `${pathOf(id)}/publish`])
  await inside.ask(request, ['POST', `${pathOf(id)}/enable`])
  const found = (await scheduled(call)).find((one) => one.id === id)
  if (!found) throw new AppError('not-found', { what: 'workflow' })
  return jobOf(found)
}
