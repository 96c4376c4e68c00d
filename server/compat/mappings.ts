import { suggestColumns, type PastMapping } from '#schemas/likeness/suggest.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Validation } from '#schemas/api/workflows.ts'
import { fieldsOf, isFields, listOf, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import { entryOfMapping, readFieldMappings } from '#runtime/three-step/field-mappings.ts'
import { askingDocument, dialectOf, questionOf } from './ask-rows.ts'
import { databaseOf } from './database-of.ts'
import { savedCalls, type SavedForm } from './saved.ts'
import type { SeedCall, SeedRoute } from './seed-route.ts'

const mappingForm: SavedForm = {
  kind: 'mapping-template',
  shown: (body) => ({ target_template_mappings: [{ fieldMappings: fieldMappingsOf(fieldsOf(body, 'variables')) }] }),
  kept: ({ body }) => Promise.resolve({ variables: variablesOf(body) }),
}
const variableForm: SavedForm = {
  kind: 'variable-mapping',
  shown: (body) => ({ variable_mappings: fieldMappingsOf({ [textOf(body, 'variable') ?? '']: body['entry'] }) }),
  kept({ body }) {
    const [[variable, entry] = ['', {}]] = Object.entries(variablesOf(body))
    return Promise.resolve({ variable, entry })
  },
}
const templates = savedCalls(mappingForm)
const single = savedCalls(variableForm)

/** `/api/mappings/…` */
export const mappingRoutes: readonly SeedRoute[] = [
  ['GET /api/mappings/templates', { summary: 'Mappings that are kept' }, templates.list],
  ['POST /api/mappings/templates', { summary: 'Keep a mapping', status: 201 }, templates.create],
  ['PUT /api/mappings/templates/:id', { summary: 'Change a mapping' }, templates.change],
  ['DELETE /api/mappings/templates/:id', { summary: 'Delete a mapping', status: 204 }, templates.remove],
  ['POST /api/mappings/templates/:id/use', { summary: 'Count that a mapping was taken' }, templates.use],
  ['POST /api/mappings/validate', { summary: 'Does every variable get a value that fits' }, validateMapping],
  ['POST /api/mappings/preview', { summary: 'The texts of the first people' }, previewMapping],
  ['GET /api/mappings/suggestions', { summary: 'Columns that may be meant by variables' }, suggestMappings],
]

/** `/api/supabase/individual-variables`: mappings of one variable. */
export const individualVariableRoutes: readonly SeedRoute[] = [
  ['GET /api/supabase/individual-variables', { summary: 'Mappings of one variable that are kept' }, single.list],
  ['POST /api/supabase/individual-variables', { summary: 'Keep the mapping of one variable', status: 201 }, single.create],
  ['PUT /api/supabase/individual-variables/:id', { summary: 'Change the mapping of one variable' }, single.change],
  [
    'DELETE /api/supabase/individual-variables/:id',
    { summary: 'Delete the mapping of one variable', status: 204 },
    single.remove,
  ],
  ['POST /api/supabase/individual-variables/:id/use', { summary: 'Count that it was taken' }, single.use],
]

/** The field mappings of a body, wherever they lie, as our mapping step has them. */
function variablesOf(body: Fields): Record<string, object> {
  const nested = [...listOf(body, 'targetTemplateMappings'), ...listOf(fieldsOf(body, 'mappingConfig'), 'targetTemplateMappings')]
  const lists = [body, ...nested.filter(isFields)].flatMap((one) => [
    ...listOf(one, 'fieldMappings'),
    ...listOf(one, 'variableMappings'),
  ])
  const direct = textOf(body, 'templateVariable') === null ? [] : [body]
  return Object.fromEntries(readFieldMappings([...lists, ...direct]).map((one) => [one.variable, entryOfMapping(one)]))
}

const fieldMappingsOf = (variables: Fields): object[] =>
  Object.entries(variables).map(([templateVariable, entry]) => {
    const fields = isFields(entry) ? entry : {}
    const fallback = textOf(fields, 'default')
    return {
      templateVariable,
      targetField: textOf(fields, 'column') ?? '',
      formatter: textOf(fieldsOf(fields, 'format'), 'kind') ?? 'text',
      ...(fallback !== null && { defaultValue: fallback }),
    }
  })

/** A workflow of a query, the mapping and the text: what checks and shows workflows checks and shows the mapping. */
async function mappingDocument(call: SeedCall) {
  const { id, dialect } = await databaseOf(call)
  const asked = askingDocument(id, questionOf(call.body, dialectOf(dialect)))
  const place = { x: 0, y: 0 }
  const text = textOf(call.body, 'content', 'templateContent', 'template') ?? ''
  return {
    ...asked,
    nodes: [
      ...asked.nodes,
      { id: 'mapping', type: 'mapping', typeVersion: 1, position: place, config: { variables: variablesOf(call.body) } },
      { id: 'text', type: 'template', typeVersion: 1, position: place, config: { text } },
      {
        id: 'send',
        type: 'send-sms',
        typeVersion: 1,
        position: place,
        config: { connection: 'sandbox', address: textOf(call.body, 'addressField') ?? 'contacts', expiresAfter: 1440 },
      },
    ],
    edges: [
      ...asked.edges,
      { id: 'e2', source: 'rows', sourcePort: 'rows', target: 'mapping', targetPort: 'rows' },
      { id: 'e3', source: 'mapping', sourcePort: 'rows', target: 'text', targetPort: 'rows' },
      { id: 'e4', source: 'text', sourcePort: 'messages', target: 'send', targetPort: 'messages' },
    ],
  }
}

const JUDGED = new Set(['rows', 'mapping', 'text'])

async function validateMapping(call: SeedCall): Promise<unknown> {
  const document = await mappingDocument(call)
  const { problems } = await call.inside.ask<Validation>(call.request, ['POST', '/api/validate', { document, fresh: true }])
  const errors = problems.filter(({ nodeId, severity }) => severity === 'error' && nodeId !== undefined && JUDGED.has(nodeId))
  return { valid: errors.length === 0, errors }
}

async function previewMapping(call: SeedCall): Promise<unknown> {
  const body = { document: await mappingDocument(call), limit: Math.min(100, Number(textOf(call.body, 'limit') ?? 10) || 10) }
  const { problems, messages } = await call.inside.ask<Preview>(call.request, ['POST', '/api/preview', body])
  return {
    messages: messages.map(({ row, name, parts, variables, error }) => ({ row, name, message: parts.body, variables, error })),
    errors: problems.filter(({ nodeId, severity }) => severity === 'error' && nodeId !== undefined && JUDGED.has(nodeId)),
  }
}

async function suggestMappings({ inside, request, query }: SeedCall): Promise<unknown> {
  const { items } = await inside.ask<{ items: PastMapping[] }>(request, ['GET', '/api/past-mappings'])
  const namesIn = (list: string | undefined): string[] =>
    (list ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
  const columns = namesIn(query['columns'] ?? query['fields']).map((name) => ({ name }))
  const suggestions = namesIn(query['variables']).flatMap((templateVariable) => {
    const [best] = suggestColumns(templateVariable, columns, { past: items })
    return best ? [{ templateVariable, targetField: best.column.name, confidence: best.score, reason: best.reason }] : []
  })
  return { suggestions }
}
