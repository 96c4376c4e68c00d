import { randomUUID } from 'node:crypto'
import type { RunFrame } from '#schemas/frames.ts'
import type { Language } from '#schemas/localized.ts'
import type { RunItem } from '#schemas/run.ts'
import type { LiveRegistry } from '#server/node-types/live-registry.ts'
import { toRunItems } from '#server/runs/list.ts'
import { readRunRow, RUN_COLUMNS, RUN_TABLES, type RunRow } from '#server/runs/run-row.ts'
import { OpenWorkflows, type Opener } from './open-workflows.ts'
import { listenForRunNews, type RunNews } from './run-news.ts'
import { WatchedRun, type WatchDeps, type Watcher } from './watched-run.ts'

/** Lists are told at most once in this time. */
const LISTS_MS = 500
/** A list that newly looks gets so many runs. */
const NEWEST = 50

/** One client: what it is sent, in its language. */
export interface Client extends Opener {
  readonly language: Language
  run(frame: RunFrame): void
  runs(items: readonly RunItem[]): void
  nodeTypes(version: string): void
}

type HubDeps = WatchDeps & {
  readonly databaseUrl: string
  readonly nodeTypes: Pick<LiveRegistry, 'version' | 'onChange'>
  /** A workflow as it is now. @throws AppError `not-found` */
  readonly workflow: (place: { workspaceId: string; id: string }) => Promise<{ id: string; revision: number }>
}

/** What the clients of this server watch: each run is summed once, whoever looks at it. */
export class LiveHub {
  readonly #deps: HubDeps
  /** Of this process: another one may have other files. */
  readonly #bornAs = randomUUID()
  readonly #news: RunNews
  readonly #runs = new Map<string, WatchedRun>()
  readonly #watchers = new Map<Client, Map<string, Watcher>>()
  readonly #lists = new Set<Client>()
  readonly #typeWatchers = new Set<Client>()
  readonly #stopTypes: () => void
  readonly #changed = new Set<string>()
  readonly #workflows: OpenWorkflows
  #timer: NodeJS.Timeout | undefined

  constructor(deps: HubDeps) {
    this.#deps = deps
    this.#workflows = new OpenWorkflows({ pool: deps.reading.pool, log: deps.log })
    this.#stopTypes = deps.nodeTypes.onChange(() => {
      for (const client of this.#typeWatchers) client.nodeTypes(this.#typesVersion)
    })
    this.#news = listenForRunNews({
      databaseUrl: deps.databaseUrl,
      log: deps.log,
      heard: (runId) => this.#heard(runId),
      workflow: (payload) => this.#workflows.heard(payload),
      missed: () => {
        this.#workflows.missed()
        for (const run of this.#runs.values()) run.heard()
        for (const client of this.#lists) this.#tellNewest(client)
      },
    })
  }

  /** @throws AppError `not-found` */
  async watchRun(client: Client, runId: string): Promise<void> {
    const { id } = await readRunRow(this.#deps.reading.pool, { workspaceId: client.workspaceId, runId })
    const mine = this.#watchers.get(client) ?? new Map<string, Watcher>()
    this.#watchers.set(client, mine)
    const watcher = mine.get(id) ?? { language: client.language, send: (frame) => client.run(frame) }
    mine.set(id, watcher)
    const run = this.#runs.get(id) ?? new WatchedRun(this.#deps, { workspaceId: client.workspaceId, runId: id })
    this.#runs.set(id, run)
    run.add(watcher)
  }

  leaveRun(client: Client, runId: string): void {
    const watcher = this.#watchers.get(client)?.get(runId)
    const run = this.#runs.get(runId)
    if (!watcher || !run) return
    this.#watchers.get(client)?.delete(runId)
    run.remove(watcher)
    if (!run.watched) this.#runs.delete(runId)
  }

  /** @throws AppError `not-found` */
  async watchWorkflow(client: Client, workflowId: string): Promise<void> {
    const { id, revision } = await this.#deps.workflow({ workspaceId: client.workspaceId, id: workflowId })
    this.#workflows.open(client, id, revision)
  }

  leaveWorkflow(client: Client, workflowId: string): void {
    this.#workflows.close(client, workflowId)
  }

  watchRuns(client: Client): void {
    this.#lists.add(client)
    this.#tellNewest(client)
  }

  watchNodeTypes(client: Client): void {
    this.#typeWatchers.add(client)
    client.nodeTypes(this.#typesVersion)
  }

  leaveNodeTypes(client: Client): void {
    this.#typeWatchers.delete(client)
  }

  get #typesVersion(): string {
    return `${this.#bornAs}-${this.#deps.nodeTypes.version}`
  }

  leaveRuns(client: Client): void {
    this.#lists.delete(client)
  }

  /** The client went away. */
  leave(client: Client): void {
    for (const runId of this.#watchers.get(client)?.keys() ?? []) this.leaveRun(client, runId)
    this.#watchers.delete(client)
    this.#lists.delete(client)
    this.#workflows.leave(client)
    this.#typeWatchers.delete(client)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#stopTypes()
    this.#workflows.stop()
    this.#typeWatchers.clear()
    for (const run of this.#runs.values()) run.stop()
    this.#runs.clear()
    this.#lists.clear()
    await this.#news.stop()
  }

  #heard(runId: string): void {
    this.#runs.get(runId)?.heard()
    if (this.#lists.size === 0) return
    this.#changed.add(runId)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const ids = [...this.#changed]
      this.#changed.clear()
      void this.#tell([...this.#lists], { text: 'r.id = any($2::uuid[])', value: ids })
    }, LISTS_MS)
  }

  #tellNewest(client: Client): void {
    void this.#tell([client], {
      text: `r.id in (select id from workflow_run where workspace_id = $1 order by started_at desc limit $2)`,
      value: NEWEST,
    })
  }

  async #tell(clients: readonly Client[], which: { text: string; value: unknown }): Promise<void> {
    const { reading, log } = this.#deps
    try {
      for (const [workspaceId, group] of Map.groupBy(clients, (client) => client.workspaceId)) {
        const { rows } = await reading.pool.query<RunRow>(
          `select ${RUN_COLUMNS} from ${RUN_TABLES} where r.workspace_id = $1 and ${which.text} order by r.started_at desc, r.id desc`,
          [workspaceId, which.value],
        )
        if (rows.length === 0) continue
        for (const [language, some] of Map.groupBy(group, (client) => client.language)) {
          const items = await toRunItems(reading, rows, language)
          for (const client of some) client.runs(items)
        }
      }
    } catch (error) {
      log.warn('A list of runs could not be told', { detail: error instanceof Error ? error.message : String(error) })
    }
  }
}
