import { isThreeStep } from '#schemas/is-three-step.ts'
import type { ImportedWorkflow } from '#schemas/api/imports.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { listOf, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import type { SeedCall, SeedRoute } from './seed-route.ts'

const pathOf = ({ params }: SeedCall, act = ''): string => `/api/workflows/${encodeURIComponent(params['id'] ?? '')}${act}`

/** `/api/workflows/:id/test`; `execute`, `preview` and `status` are ours already. */
export const workflowRoutes: readonly SeedRoute[] = [
  ['POST /api/workflows/:id/test', { summary: 'Send to test numbers; without one, show what would be sent' }, testWorkflow],
]

/** `/api/supabase/…`: our own database has no second door; its workflows are ours. */
export const supabaseRoutes: readonly SeedRoute[] = [
  [
    'GET /api/supabase/workflows',
    { summary: 'List workflows' },
    ({ inside, request }) => inside.ask(request, ['GET', '/api/workflows?limit=500']),
  ],
  ['POST /api/supabase/workflows', { summary: 'Create a workflow, of either form', status: 201 }, createWorkflow],
  [
    'GET /api/supabase/workflows/:id',
    { summary: 'Read a workflow' },
    (call) => call.inside.ask(call.request, ['GET', pathOf(call)]),
  ],
  ['PUT /api/supabase/workflows/:id', { summary: 'Save a workflow' }, saveWorkflow],
  [
    'DELETE /api/supabase/workflows/:id',
    { summary: 'Delete a workflow', status: 204 },
    (call) => call.inside.ask(call.request, ['DELETE', pathOf(call)]),
  ],
  [
    'POST /api/supabase/init',
    { summary: 'Nothing to do: tables are made at every start' },
    () => Promise.resolve({ success: true, message: 'The tables are made and brought up to date at every start.' }),
  ],
]

const limitOf = (fields: Fields): number => Math.min(100, Math.max(1, Number(textOf(fields, 'limit') ?? 10) || 10))

async function testWorkflow(call: SeedCall): Promise<unknown> {
  const { inside, request, body } = call
  const several = listOf(body, 'addresses', 'phones', 'testPhones').map(String)
  const single = textOf(body, 'address', 'phone', 'phoneNumber', 'testPhone')
  const addresses = several.length > 0 || single === null ? several : [single]
  if (addresses.length === 0) return inside.ask(request, ['POST', pathOf(call, '/preview'), { limit: limitOf(body) }])
  return inside.ask(request, ['POST', pathOf(call, '/execute'), { version: 'draft', test: { addresses } }])
}

async function createWorkflow({ inside, request, body }: SeedCall): Promise<unknown> {
  if (!isThreeStep(body)) return inside.ask(request, ['POST', '/api/workflows', body])
  const { workflow, notes } = await inside.ask<ImportedWorkflow>(request, ['POST', '/api/workflows/import', body])
  return { ...workflow, notes }
}

/** The document alone is saved over what is there now; with its revision, over that one only. */
async function saveWorkflow(call: SeedCall): Promise<unknown> {
  const { inside, request, body } = call
  if (Object.hasOwn(body, 'revision')) return inside.ask(request, ['PUT', pathOf(call), body])
  const { revision } = await inside.ask<Workflow>(request, ['GET', pathOf(call)])
  return inside.ask(request, ['PUT', pathOf(call), { revision, document: body }])
}
