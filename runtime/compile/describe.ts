import { hash } from 'node:crypto'
import type { Registry } from '#runtime/registry.ts'
import type { Host } from '#runtime/host.ts'
import { AppError, restoreError, type Described, type DescribeContext } from '#runtime/sdk/index.ts'
import { getOnly } from '#runtime/flow/get-only.ts'
import { connectionFindings } from './connections.ts'
import type { Description, DescriptionCache } from './description-cache.ts'
import { ofError, type Finding } from './finding.ts'
import type { Graph } from './graph.ts'
import { knownFor, type KnownFacts } from './known.ts'
import { fieldsWithWidget } from './schema-text.ts'
import { timezoneOf } from './timezone.ts'
import { startWalk } from './walk.ts'

export interface CheckDeps {
  readonly registry: Pick<Registry, 'node'>
  readonly host: Host
  readonly cache: DescriptionCache
  /** The workspace's zone: the workflow's own wins. */
  readonly timezone: string
  readonly signal: AbortSignal
  /** Id of the document's own workflow, where it has one. */
  readonly self?: string | undefined
}

/** A table changes seldom, a statement in the editor often: the statement is part of the hash, the table is not. */
const KEPT_MS = 5 * 60_000
/** A failed statement is asked again soon: whoever mends the table wants to see it. */
const FAILURE_KEPT_MS = 5_000
const TIMEOUT_MS = 15_000

export interface DescribedGraph {
  readonly known: KnownFacts
  readonly findings: readonly Finding[]
}

/**
 * Asks the outside about every node that needs it, in topological order (a variable query is described with the columns that reach it).
 * Never throws for a bad graph: what a node's `describe` throws is a finding at that node, and what lies behind it stays unknown.
 */
export async function describeAll(graph: Graph, deps: CheckDeps): Promise<DescribedGraph> {
  const { host } = deps
  const described: Record<string, Described> = {}
  const failed = new Set<string>()
  const findings: Finding[] = []
  const lookup = (id: string): ReturnType<Host['known']> => host.known(id)
  const known: KnownFacts = {
    described,
    failed,
    timezone: timezoneOf(graph, deps.timezone),
    connection: lookup,
    list: (id) => host.lists.known(id),
  }
  // A connection that is missing or of the wrong kind is a finding of `compile`; there is nobody to ask then.
  const unreachable = new Set(connectionFindings(graph, lookup).map(({ nodeId }) => nodeId))
  const walk = startWalk(graph)
  for (const id of graph.order) {
    const inputs = walk.inputsOf(id)
    const node = graph.nodes.get(id)
    if (inputs && node?.registered?.type.describe && node.config) {
      const found = unreachable.has(id)
        ? null
        : await describeNode(
            { node, config: node.config, registered: node.registered, inputs },
            { ...deps, timezone: known.timezone },
          )
      if (found && 'described' in found) described[id] = found.described
      else failed.add(id)
      if (found && 'error' in found) findings.push(atField(ofError(id, restoreError(found.error)), node.registered.type.config))
    }
    walk.pass(id, knownFor(known, id))
  }
  return { known, findings }
}

interface Asked {
  readonly node: NonNullable<ReturnType<Graph['nodes']['get']>>
  readonly registered: NonNullable<Asked['node']['registered']>
  readonly config: NonNullable<Asked['node']['config']>
  readonly inputs: NonNullable<ReturnType<ReturnType<typeof startWalk>['inputsOf']>>
}

async function describeNode({ node, registered, config, inputs }: Asked, deps: CheckDeps): Promise<Description> {
  const { type } = registered
  const connections = fieldsWithWidget(type.config, 'connection').map(({ name }) => {
    const id = config[name]
    // Columns are described by the names that people give them.
    return [id, typeof id === 'string' ? deps.host.known(id)?.naming : undefined]
  })
  // A list that was pasted anew may have other columns.
  const lists = fieldsWithWidget(type.config, 'stored-list').map(
    ({ name }) => deps.host.lists.known(String(config[name]))?.version,
  )
  const facts = [type.type, type.version, registered.plugin?.hash ?? null, config, connections, lists, inputs, deps.timezone]
  const key = hash('sha256', JSON.stringify(facts))
  const kept = await deps.cache.get(key)
  if (kept) return kept
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const context: DescribeContext = {
    signal: AbortSignal.any([deps.signal, timeout]),
    timezone: deps.timezone,
    connection: (id) => deps.host.connection(id),
    service: async (id) => getOnly(await deps.host.service(id)),
    list: (id) => deps.host.lists.open(id),
    queries: deps.host.queries,
    tables: deps.host.tables,
  }
  try {
    const described = await type.describe?.(config, inputs, context)
    if (!described) throw new Error('`describe` gave nothing back')
    const description = { described }
    // What is wrong is asked again as soon as an error is.
    await deps.cache.set(key, description, described.problems?.length ? FAILURE_KEPT_MS : KEPT_MS)
    return description
  } catch (error) {
    deps.signal.throwIfAborted()
    const failure = asAppError(error, { name: node.name.ko, type: type.type, isLate: timeout.aborted })
    const description = { error: failure.toJSON() }
    if (!failure.retryable && !failure.code.startsWith('connection-') && !timeout.aborted)
      await deps.cache.set(key, description, FAILURE_KEPT_MS)
    return description
  }
}

function asAppError(error: unknown, { name, type, isLate }: { name: string; type: string; isLate: boolean }): AppError {
  if (isLate) return new AppError('sql-timeout', { seconds: TIMEOUT_MS / 1_000 }, { cause: error })
  if (error instanceof AppError) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('node-broken', { node: name, type, detail }, { cause: error })
}

/** Errors of a statement belong to the field with the statement, errors of a connection to the choice of it. */
function atField(finding: Finding, schema: Parameters<typeof fieldsWithWidget>[0]): Finding {
  const widget = finding.code.startsWith('sql-')
    ? 'sql'
    : /^(connection|database)-/.test(finding.code)
      ? 'connection'
      : finding.code.startsWith('list-')
        ? 'stored-list'
        : null
  const [field] = widget ? fieldsWithWidget(schema, widget) : []
  return field ? { ...finding, field: field.name } : finding
}
