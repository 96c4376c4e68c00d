import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { WorkflowPage, Workflow } from '#schemas/api/workflows.ts'
import type { Preview } from '#schemas/preview.ts'
import { AppError, variablesOf } from '#runtime/sdk/index.ts'
import { fieldsOf, isFields, listOf, pick, textOf } from '#runtime/three-step/read-fields.ts'
import type { SeedCall, SeedRoute } from './seed-route.ts'
import { withQueries } from './template-queries.ts'

/** `/api/templates…`: the template steps of workflows, each by `workflow.step`. */
export const templateRoutes: readonly SeedRoute[] = [
  ['GET /api/templates', { summary: 'Texts of all workflows' }, listTemplates],
  ['GET /api/templates/:id', { summary: 'One text' }, async (call) => shown(await find(call))],
  ['POST /api/templates/:id/variables', { summary: 'The variables of a text' }, variablesIn],
  ['PUT /api/templates/:id/queries', { summary: 'Say which queries fill the variables of a text' }, saveQueries],
  ['GET /api/templates/:id/preview', { summary: 'What the first people would get' }, previewTemplate],
]

interface Found {
  readonly workflow: Pick<Workflow, 'id' | 'revision' | 'document' | 'updatedAt'>
  readonly node: WorkflowNode
}

const read = ({ inside, request }: SeedCall, id: string) =>
  inside.ask<Workflow>(request, ['GET', `/api/workflows/${encodeURIComponent(id)}`])

async function listTemplates(call: SeedCall): Promise<unknown> {
  const { inside, request } = call
  const found: object[] = []
  let cursor: string | null = null
  do {
    const rest: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: WorkflowPage = await inside.ask(request, ['GET', `/api/workflows?limit=500${rest}`])
    for (const { id, chain } of page.items) {
      if (!chain.some(({ type }) => type === 'template')) continue
      const workflow = await read(call, id)
      found.push(...templatesIn(workflow.document).map((node) => shown({ workflow, node })))
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

const templatesIn = ({ nodes }: WorkflowDocument): WorkflowNode[] => nodes.filter(({ type }) => type === 'template')

/** @throws AppError `not-found` */
async function find(call: SeedCall): Promise<Found> {
  const id = call.params['id'] ?? ''
  const at = id.indexOf('.')
  const workflow = await read(call, at < 0 ? id : id.slice(0, at))
  const node = templatesIn(workflow.document).find((one) => at >= 0 && one.id === id.slice(at + 1))
  if (!node) throw new AppError('not-found', { what: 'template' })
  return { workflow, node }
}

function shown({ workflow, node }: Found) {
  const { config } = node
  const text = textOf(config, 'text') ?? ''
  return {
    id: `${workflow.id}.${node.id}`,
    workflow_id: workflow.id,
    template_code: textOf(fieldsOf(config, 'kakao'), 'templateCode'),
    template_name: node.label ?? node.id,
    template_content: text,
    variables: holesOf(text),
    buttons: listOf(config, 'buttons'),
    status: 'active',
    updated_at: workflow.updatedAt,
  }
}

function holesOf(text: string): string[] {
  try {
    return variablesOf(text)
  } catch (error) {
    // A text that cannot be read has no variables yet; its workflow says what is wrong with it.
    if (error instanceof AppError) return []
    throw error
  }
}

async function variablesIn(call: SeedCall): Promise<unknown> {
  const given = textOf(call.body, 'content', 'templateContent')
  return { variables: given === null ? shown(await find(call)).variables : holesOf(given) }
}

async function saveQueries(call: SeedCall): Promise<unknown> {
  const { workflow, node } = await find(call)
  const given = pick(call.body, 'variableQueries', 'queries')
  const document = await withQueries(call, {
    document: workflow.document,
    template: node.id,
    queries: isFields(given) ? given : call.body,
  })
  const body = { revision: workflow.revision, document }
  const saved = await call.inside.ask<Workflow>(call.request, ['PUT', `/api/workflows/${encodeURIComponent(workflow.id)}`, body])
  return { ...shown({ workflow: saved, node }), problems: saved.problems }
}

async function previewTemplate(call: SeedCall): Promise<unknown> {
  const { workflow, node } = await find(call)
  const limit = Math.min(100, Math.max(1, Number(call.query['limit'] ?? 1) || 1))
  const path = `/api/workflows/${encodeURIComponent(workflow.id)}/preview`
  const { messages, problems } = await call.inside.ask<Preview>(call.request, ['POST', path, { limit }])
  const behind = stepsBehind(workflow.document, node.id)
  const own = messages.filter(({ nodeId }) => behind.has(nodeId))
  return {
    previews: own.map(({ name, parts, variables, missing, error }) => ({
      name,
      preview: parts.body,
      parts,
      variables,
      missing,
      error,
    })),
    problems,
  }
}

/** The steps that a text comes to. */
function stepsBehind({ edges }: WorkflowDocument, id: string): ReadonlySet<string> {
  const found = new Set([id])
  // The set grows while it is walked.
  for (const at of found) for (const { source, target } of edges) if (source === at) found.add(target)
  return found
}
