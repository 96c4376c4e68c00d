import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '#schemas/connection.ts'
import { RUN_STATES } from '#schemas/states.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { startFakeSolapi, type FakeSolapi } from '#nodes/providers/solapi/fake.ts'
import { projectFolder } from '#server/config.ts'
import { calendarOf } from '#server/sample/calendar.ts'
import { makeSample, type SampleRows } from '#server/sample/rows.ts'
import { writePostgres } from '#server/sample/write-postgres.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import type { FromWorker, ToWorker } from '#server/worker/messages.ts'

/** What `testApp` composes with. */
const secretKey = Buffer.alloc(32, 7)
/** Providers of this test listen on loopback, which the product does not call unless told to. */
process.env.ALIMFLOW_ALLOW_PRIVATE_HTTP = '127.0.0.1'

const templateText =
  '안녕하세요, #{상호명} 사장님!\n지난주 리뷰 소식을 전해드려요.\n\n· 새 리뷰 #{리뷰수}\n· 평균 별점 #{평점}\n· 답글이 필요한 리뷰 #{미답변}\n\n기간: #{기간}'

export interface Run {
  readonly run_no: string
  readonly state: string
  readonly reason: { code: string; fields: Record<string, unknown> } | null
  readonly total: number
  readonly outcomes: Record<string, number>
  readonly law: { holds: boolean; broken: unknown[] } | null
}

/** The whole application with a sample shop of its own, a worker, and SOLAPI's strict fake; used over its API as the editor uses it. */
export class Acceptance {
  readonly server: TestApp
  readonly rows: SampleRows
  readonly fake: FakeSolapi
  readonly now: Date
  #worker: WorkerHandle | null = null
  readonly #children: ChildProcess[] = []

  private constructor(parts: { server: TestApp; rows: SampleRows; fake: FakeSolapi; now: Date }) {
    this.server = parts.server
    this.rows = parts.rows
    this.fake = parts.fake
    this.now = parts.now
  }

  static async open(options: { rateLimits?: boolean } = {}): Promise<Acceptance> {
    const now = new Date()
    const rows = makeSample(calendarOf(now))
    const templates = { 'weekly-review': { pfId: '@가게노트', content: templateText } }
    const [server, fake] = await Promise.all([testApp(), startFakeSolapi({ ...options, templates })])
    const client = await server.shop.pool.connect()
    await writePostgres(client, rows)
    client.release()
    return new Acceptance({ server, rows, fake, now })
  }

  /** The worker's parts in this process. */
  async work(): Promise<void> {
    this.#worker = await startWorker({
      databaseUrl: this.server.database.url,
      secretKey,
      sampleUrl: this.server.shop.url,
      log: quietLog(),
    })
  }

  async rest(): Promise<void> {
    await this.#worker?.stop()
    this.#worker = null
  }

  /** The worker as the supervisor starts it: a process of its own, to be killed, or to live in another time zone. */
  async child(env: Record<string, string> = {}): Promise<ChildProcess> {
    const child = fork(join(projectFolder, 'server/worker/main.ts'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, ...env },
    })
    this.#children.push(child)
    const start: ToWorker = {
      type: 'start',
      databaseUrl: this.server.database.url,
      secretKeyHex: secretKey.toString('hex'),
      sampleUrl: this.server.shop.url,
    }
    child.send(start)
    // What worker/main.ts sends is built from the same type.
    const [said] = (await once(child, 'message')) as [FromWorker]
    if (said.type !== 'ready') throw new Error(`The worker did not start: ${JSON.stringify(said)}`)
    return child
  }

  async stopChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  async connect(body: { name: string; kind: string; settings: object; secrets: object }): Promise<string> {
    const made = await this.server.call<Connection>('POST', '/api/connections', { body })
    if (made.status !== 201) throw new Error(`No connection: ${JSON.stringify(made.body)}`)
    return made.body.id
  }

  /** A connection to the fake. */
  solapi(secrets: object = { apiKey: this.fake.apiKey, apiSecret: this.fake.apiSecret }): Promise<string> {
    return this.connect({ name: 'SOLAPI', kind: 'solapi', settings: { from: '0212345678', baseUrl: this.fake.url }, secrets })
  }

  /** Saves the workflow and starts a run of its draft; gives the answer of starting it. */
  async execute<T = { runId: string }>(document: WorkflowDocument): Promise<{ status: number; body: T }> {
    const saved = await this.server.call<Workflow>('POST', '/api/workflows', { body: document })
    if (saved.status !== 201) throw new Error(`Not saved: ${JSON.stringify(saved.body)}`)
    return this.server.call<T>('POST', `/api/workflows/${saved.body.id}/execute`, { body: { version: 'draft' } })
  }

  async start(document: WorkflowDocument): Promise<string> {
    const started = await this.execute(document)
    if (started.status !== 202) throw new Error(`Not started: ${JSON.stringify(started.body)}`)
    return started.body.runId
  }

  async run(runId: string): Promise<Run> {
    const { rows } = await this.server.database.pool.query<Omit<Run, 'state'> & { state: number }>(
      'select run_no, state, reason, total, outcomes, law from workflow_run where id = $1',
      [runId],
    )
    const row = rows[0]
    if (!row) throw new Error('There is no such run')
    return { ...row, state: RUN_STATES[row.state] ?? '' }
  }

  /**
   * Waits for one of the states, and where it does not come, says where the run stands. The time is a bound for a machine that is busy
   * with other tests; a run takes a tenth of it.
   */
  async until(runId: string, states: readonly string[], ms = 60_000): Promise<Run> {
    const end = Date.now() + ms
    for (;;) {
      const run = await this.run(runId)
      if (states.includes(run.state)) return run
      if (Date.now() > end || ['failed', 'cancelled', 'completed'].includes(run.state))
        throw new Error(`Waited for ${states.join(', ')}: ${JSON.stringify(run)} ${JSON.stringify(await this.chunks(run))}`)
      await sleep(20)
    }
  }

  async chunks(run: Pick<Run, 'run_no'>): Promise<unknown[]> {
    const { rows } = await this.server.database.pool.query(
      `select node_no, no, attempt, n, state, claimed, epoch, doubt, sent, failed, unconfirmed, skipped, moved, ready_at from run_chunk where run_no = $1 order by 1, 2`,
      [run.run_no],
    )
    return rows as unknown[]
  }

  async close(): Promise<void> {
    await this.rest()
    for (const child of this.#children) await this.stopChild(child, 'SIGKILL')
    await this.fake.close()
    await this.server.close()
  }
}

/** The example with other connections, and with other statements where they are given. */
export function weeklyReport(
  channel: string,
  { database, sql = {} }: { database?: string; sql?: Readonly<Record<string, string>> } = {},
): WorkflowDocument {
  // Written by us, and checked when it is saved.
  const document = JSON.parse(readFileSync(join(projectFolder, 'examples/weekly-review-report.json'), 'utf8')) as WorkflowDocument
  const nodes = document.nodes.map((node) => {
    const connection =
      node.config['connection'] === 'sandbox'
        ? channel
        : node.config['connection'] === 'sample-shop'
          ? (database ?? 'sample-shop')
          : undefined
    return { ...node, config: { ...node.config, ...(connection && { connection }), ...(sql[node.id] && { sql: sql[node.id] }) } }
  })
  return { ...document, nodes }
}
