import { createHash } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Localized } from '#schemas/localized.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { CheckedWorkflow } from '#runtime/compile/check.ts'
import { partsOf } from '#runtime/inner/pinned.ts'
import { unfold } from '#runtime/inner/unfold.ts'
import type { Registry } from '#runtime/registry.ts'
import type { KnownConnection, TemplateContent } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { Place } from './store.ts'

type Db = Kysely<Database> | Transaction<Database>

export interface Freeze {
  readonly place: Place
  readonly document: WorkflowDocument
  readonly checked: Pick<CheckedWorkflow, 'plan' | 'described' | 'summaries' | 'inner'>
  readonly registry: Pick<Registry, 'node'>
  readonly known: (id: string) => KnownConnection | null
  readonly revision: number
  /** The number of a published version; null: a draft that is frozen to be run. */
  readonly version: number | null
  readonly timezone: string
  readonly actor: string
}

/** The same text is the same version; a changed text is the next one. */
async function pinTemplate(
  db: Db,
  freeze: Freeze,
  node: { id: string; name: string; content: TemplateContent },
): Promise<{ id: string; version: number }> {
  const { place, actor } = freeze
  const template = await db
    .insertInto('template')
    .values({
      id: uuidV7(),
      workspace_id: place.workspaceId,
      workflow_id: place.id,
      node_id: node.id,
      name: node.name,
      created_by: actor,
      updated_by: actor,
    })
    .onConflict((conflict) =>
      conflict.columns(['workflow_id', 'node_id']).doUpdateSet({ name: node.name, updated_by: actor, updated_at: new Date() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const content = JSON.stringify(node.content)
  const hash = createHash('sha256').update(content).digest('hex')
  const known = await db
    .selectFrom('template_version')
    .select(['id', 'version'])
    .where('workspace_id', '=', place.workspaceId)
    .where('template_id', '=', template.id)
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (known) return known
  return db
    .insertInto('template_version')
    .values((eb) => ({
      id: uuidV7(),
      workspace_id: place.workspaceId,
      template_id: template.id,
      // The row of the template was just updated in this transaction, so nobody else numbers at the same time.
      version: eb
        .selectFrom('template_version')
        .select(sql<number>`coalesce(max(version), 0) + 1`.as('next'))
        .where('template_id', '=', template.id)
        .$asScalar(),
      hash,
      content,
      created_by: actor,
    }))
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow()
}

async function pinTemplates(db: Db, freeze: Freeze): Promise<Pinned['templates']> {
  const pinned: Pinned['templates'] = {}
  for (const node of Object.values(freeze.checked.plan?.nodes ?? {})) {
    const content = node.type.text?.(node.config) ?? null
    if (content) pinned[node.id] = await pinTemplate(db, freeze, { id: node.id, name: node.label, content })
  }
  return pinned
}

function connectionsOf(nodes: WorkflowDocument['nodes'], freeze: Freeze): Pinned['connections'] {
  const ids = nodes.flatMap(({ config }) => (typeof config.connection === 'string' ? [config.connection] : []))
  return Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const known = freeze.known(id)
      return known ? [[id, { kind: known.kind, name: known.name }]] : []
    }),
  )
}

function nodeTypesOf(nodes: WorkflowDocument['nodes'], { registry }: Freeze): Pinned['nodeTypes'] {
  const names = [...new Set(nodes.map(({ type }) => type))]
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = registry.node(name)
      return found ? [[name, { version: found.type.version, hash: found.plugin?.hash ?? null }]] : []
    }),
  )
}

function describedOf(freeze: Freeze): Pinned['described'] {
  return Object.fromEntries(
    Object.entries(freeze.checked.described).map(([id, { columns, parameters }]) => [
      id,
      { columns: [...columns], ...(parameters && { parameters: parameters.map((one) => ({ ...one })) }) },
    ]),
  )
}

/** Makes an immutable version of a checked draft, with everything that its runs need. @returns its id and pin */
export async function freezeVersion(db: Db, freeze: Freeze): Promise<{ id: string; pinned: Pinned }> {
  const { inner } = freeze.checked
  const { nodes } = unfold(freeze.document, inner).document
  const parts = partsOf(inner)
  const pinned: Pinned = {
    document: freeze.document,
    ...(parts && { parts }),
    nodeTypes: nodeTypesOf(nodes, freeze),
    described: describedOf(freeze),
    templates: await pinTemplates(db, freeze),
    connections: connectionsOf(nodes, freeze),
    timezone: freeze.document.settings?.timezone ?? freeze.timezone,
  }
  const id = uuidV7()
  const summaries: Readonly<Record<string, Localized>> = freeze.checked.summaries
  await db
    .insertInto('workflow_version')
    .values({
      id,
      workspace_id: freeze.place.workspaceId,
      workflow_id: freeze.place.id,
      version: freeze.version,
      revision: freeze.revision,
      pinned: JSON.stringify(pinned),
      summaries: JSON.stringify(summaries),
      created_by: freeze.actor,
    })
    .execute()
  return { id, pinned }
}
