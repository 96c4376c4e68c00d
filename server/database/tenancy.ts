import type {
  KyselyPlugin,
  OperationNode,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'

/** Tables whose rows belong to a workspace: each statement on one must say whose rows it means. */
export const WORKSPACE_TABLES: readonly string[] = [
  'audit_event',
  'connection',
  'connection_catalog',
  'connection_lease',
  'connection_limit',
  'connection_names',
  'connection_query',
  'daily_total',
  'erasure',
  'event_trigger',
  'list_part',
  'list_version',
  'node_description',
  'notice',
  'notice_delivery',
  'notice_settings',
  'notice_told',
  'pinned_sample',
  'request_key',
  'saved_object',
  'saved_object_favorite',
  'schedule',
  'stored_list',
  'taken_key',
  'template',
  'template_version',
  'webhook',
  'workflow',
  'workflow_original',
  'workflow_run',
  'workflow_version',
]

/** Tables of runs: each statement on one names its run, so that it touches one partition. The run has the workspace. */
export const RUN_TABLES: readonly string[] = [
  'messages',
  'run_answers',
  'run_call',
  'run_chunk',
  'run_day_delta',
  'run_events',
  'run_node',
  'run_progress',
  'run_read',
  'run_report_counts',
]

/** Tables that belong to the installation. */
export const SHARED_TABLES: readonly string[] = ['notice_look', 'keeper', 'schema_migration', 'worker', 'workspace']

interface Seen {
  readonly tables: Set<string>
  readonly columns: Set<string>
}

const isNode = (value: unknown): value is OperationNode => typeof value === 'object' && value !== null && 'kind' in value

/** Names of tables and columns anywhere in a statement. */
function look(value: unknown, seen: Seen): Seen {
  if (Array.isArray(value)) for (const item of value) look(item, seen)
  else if (isNode(value)) {
    if (
      value.kind === 'SchemableIdentifierNode' &&
      'identifier' in value &&
      isNode(value.identifier) &&
      'name' in value.identifier
    ) {
      seen.tables.add(String(value.identifier.name))
    }
    if (value.kind === 'ColumnNode' && 'column' in value && isNode(value.column) && 'name' in value.column)
      seen.columns.add(String(value.column.name))
    if (value.kind === 'RawNode' && 'sqlFragments' in value && Array.isArray(value.sqlFragments)) {
      const text = value.sqlFragments.join(' ')
      for (const name of ['workspace_id', 'run_no']) if (text.includes(name)) seen.columns.add(name)
      for (const name of [...WORKSPACE_TABLES, ...RUN_TABLES])
        if (new RegExp(`\\b(from|join|into|update)\\s+${name}\\b`).test(text)) seen.tables.add(name)
    }
    for (const inner of Object.values(value)) if (typeof inner === 'object') look(inner, seen)
  }
  return seen
}

/**
 * Why a statement must not run: it reads or changes rows of all workspaces, or of all runs. Null: it says whose rows it means. A statement
 * that joins several such tables names one of them; the keys between them do the rest.
 */
export function tenancyFault(node: RootOperationNode): string | null {
  const { tables, columns } = look(node, { tables: new Set(), columns: new Set() })
  const workspace = WORKSPACE_TABLES.filter((name) => tables.has(name))
  const runs = RUN_TABLES.filter((name) => tables.has(name))
  if (workspace.length > 0 && !columns.has('workspace_id')) return `a statement on ${workspace.join(', ')} without workspace_id`
  if (runs.length > 0 && workspace.length === 0 && !columns.has('run_no'))
    return `a statement on ${runs.join(', ')} without run_no`
  return null
}

/** Refuses statements that would reach over the walls between workspaces. A slip here would be a leak, so it is an error and not a warning. */
export class TenancyPlugin implements KyselyPlugin {
  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    const fault = tenancyFault(node)
    if (fault !== null) throw new Error(`refused: ${fault}`)
    return node
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }
}
