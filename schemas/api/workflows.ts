import Type, { type Static } from 'typebox'
import { Column } from '../column.ts'
import { Localized } from '../localized.ts'
import { NodeRole } from '../node.ts'
import { Problem } from '../problem.ts'
import { RunItem } from '../run.ts'
import { WorkflowDocument } from '../workflow.ts'
import { Page } from './paging.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Workflow = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  document: WorkflowDocument,
  problems: Type.Array(Problem),
  enabled: Type.Boolean(),
  /** The newest published version; `revision` is the draft's revision it was made from. */
  published: Nullable(Type.Object({ version: Type.Integer(), at: Type.String(), revision: Type.Integer() })),
  nextRunAt: Nullable(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})
export type Workflow = Static<typeof Workflow>

export const WorkflowItem = Type.Object({
  id: Type.String(),
  name: Type.String(),
  revision: Type.Integer(),
  enabled: Type.Boolean(),
  published: Workflow.properties.published,
  problems: Type.Object({ errors: Type.Integer(), warnings: Type.Integer() }),
  /** The steps in reading order, as icons. */
  chain: Type.Array(Type.Object({ type: Type.String(), icon: Type.String(), role: NodeRole, label: Type.String() })),
  trigger: Nullable(Type.Object({ type: Type.String(), summary: Nullable(Localized) })),
  nextRunAt: Nullable(Type.String()),
  lastRun: Nullable(RunItem),
  /** The last eight runs, oldest first. */
  recent: Type.Array(Type.Object({ id: Type.String(), state: Type.String(), sent: Type.Integer(), failed: Type.Integer() })),
  updatedAt: Type.String(),
})
export type WorkflowItem = Static<typeof WorkflowItem>
export const WorkflowPage = Page(WorkflowItem)
export type WorkflowPage = Static<typeof WorkflowPage>

/** PUT /api/workflows/:id */
export const WorkflowChange = Type.Object(
  { revision: Type.Integer(), document: WorkflowDocument },
  { additionalProperties: false },
)
export type WorkflowChange = Static<typeof WorkflowChange>

/** POST …/validate and POST /api/validate */
const fresh = Type.Optional(
  Type.Boolean({ description: 'Ask the sources for their columns again, also where they are known from the last minutes.' }),
)
export const ValidateInput = Type.Object({ document: Type.Optional(WorkflowDocument), fresh }, { additionalProperties: false })
export const ValidateDocumentInput = Type.Object({ document: WorkflowDocument, fresh }, { additionalProperties: false })
export type ValidateInput = Static<typeof ValidateInput>

/** POST …/audience-checks */
export const AudienceCheckInput = Type.Object({ document: Type.Optional(WorkflowDocument) }, { additionalProperties: false })

const PortColumns = Type.Record(Type.String(), Type.Array(Column))

export const Validation = Type.Object({
  problems: Type.Array(Problem),
  columns: Type.Record(Type.String(), Type.Object({ in: PortColumns, out: PortColumns })),
  /** One line per node in the user's words ("5 of 5 variables"). */
  summaries: Type.Record(Type.String(), Localized),
})
export type Validation = Static<typeof Validation>

/** POST …/preview and POST /api/preview */
export const PreviewInput = Type.Object(
  {
    document: Type.Optional(WorkflowDocument),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
    until: Type.Optional(Type.String()),
    /** Databases are asked now, though a connection keeps results to show them again. */
    fresh: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type PreviewInput = Static<typeof PreviewInput>

/** PUT …/samples/:nodeId: `sealed` rows of a source, as a preview of the last hour gave them. */
export const PinnedSampleInput = Type.Object(
  { rows: Type.Array(Type.String({ maxLength: 200_000 }), { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
)

/** POST …/execute */
export const ExecuteInput = Type.Object(
  {
    version: Type.Optional(Type.Union([Type.Literal('draft'), Type.Integer({ minimum: 1 })])),
    /** Send to the first N recipients, then wait for a person to approve the rest. */
    first: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /**
     * The run prepares everything (queries, texts, cost), then waits for a person's word (`POST /api/runs/:id/approve`), whatever guards say.
     * What it found: `GET /api/runs/:id/launch`. Not with `test`.
     */
    ask: Type.Optional(Type.Boolean()),
    /**
     * A test run: as many people as addresses, the first of the real audience, and their messages go to these addresses instead. It is in no
     * statistics.
     */
    test: Type.Optional(
      Type.Object(
        { addresses: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 20 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type ExecuteInput = Static<typeof ExecuteInput>

/** GET …/versions: published versions, newest first. */
export const WorkflowVersion = Type.Object({
  version: Type.Integer(),
  /** The draft's revision it was made from. */
  revision: Type.Integer(),
  publishedAt: Type.String(),
  publishedBy: Type.String(),
  /** The one that schedules and calls without a version run. */
  current: Type.Boolean(),
})
export type WorkflowVersion = Static<typeof WorkflowVersion>
export const WorkflowVersionPage = Page(WorkflowVersion)
export type WorkflowVersionPage = Static<typeof WorkflowVersionPage>

/** GET …/versions/:version: with the document as it was frozen, and each step's line of then. */
export const WorkflowVersionDetail = Type.Object({
  ...WorkflowVersion.properties,
  document: WorkflowDocument,
  summaries: Type.Record(Type.String(), Localized),
})
export type WorkflowVersionDetail = Static<typeof WorkflowVersionDetail>

export const ExecuteResult = Type.Object({ runId: Type.String() })
export const PublishResult = Type.Object({ version: Type.Integer() })

/** GET …/status */
export const WorkflowStatus = Type.Object({
  enabled: Type.Boolean(),
  nextRunAt: Nullable(Type.String()),
  running: Type.Array(Type.String()),
  lastRun: Nullable(RunItem),
})
