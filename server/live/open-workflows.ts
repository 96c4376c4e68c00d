import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { WorkflowFrame } from '#schemas/frames.ts'
import type { Log } from '#runtime/sdk/index.ts'
import { WORKFLOW_CHANNEL } from '#server/workflows/news.ts'

/** Each server says again so often who is there; of one that fell silent nobody is believed to be there any more. */
const AGAIN_MS = 30_000
const SILENT_MS = 90_000

/** A client that has workflows open. */
export interface Opener {
  readonly workspaceId: string
  readonly actor: string
  workflow(frame: WorkflowFrame): void
}

const News = Type.Union([
  Type.Object({
    kind: Type.Literal('here'),
    workflow: Type.String(),
    server: Type.String(),
    tab: Type.String(),
    actor: Type.String(),
    /** Whoever else is there shall say so. */
    asks: Type.Boolean(),
  }),
  Type.Object({ kind: Type.Literal('gone'), workflow: Type.String(), server: Type.String(), tab: Type.String() }),
  Type.Object({ kind: Type.Literal('saved'), workflow: Type.String(), revision: Type.Integer() }),
])
type News = Static<typeof News>

interface Elsewhere {
  readonly actor: string
  readonly seenAt: number
}

interface OpenWorkflowsDeps {
  readonly pool: Pick<Pool, 'query'>
  readonly log: Log
  /** For tests. */
  readonly now?: () => number
}

/** Who has which workflow open, on this server and on all others, and which draft is the newest. */
export class OpenWorkflows {
  readonly #deps: OpenWorkflowsDeps
  readonly #server = randomUUID()
  readonly #tabs = new Map<Opener, string>()
  readonly #here = new Map<string, Set<Opener>>()
  readonly #elsewhere = new Map<string, Map<string, Elsewhere>>()
  readonly #revisions = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  /** Said one after the other: over two connections of the pool a "here" could arrive behind the "gone" that followed it. */
  #said: Promise<unknown> = Promise.resolve()

  constructor(deps: OpenWorkflowsDeps) {
    this.#deps = deps
    this.#timer = setInterval(() => this.again(), AGAIN_MS)
    this.#timer.unref()
  }

  /** @param revision of the draft as it is now */
  open(client: Opener, workflow: string, revision: number): void {
    const openers = this.#here.get(workflow) ?? new Set()
    openers.add(client)
    this.#here.set(workflow, openers)
    if (!this.#tabs.has(client)) this.#tabs.set(client, randomUUID())
    this.#revisions.set(workflow, Math.max(revision, this.#revisions.get(workflow) ?? 0))
    this.#say(this.#hereNews(client, workflow, true))
    this.#tell(workflow)
  }

  close(client: Opener, workflow: string): void {
    const openers = this.#here.get(workflow)
    if (!openers?.delete(client)) return
    this.#say({ kind: 'gone', workflow, server: this.#server, tab: this.#tabs.get(client) ?? '' })
    if (openers.size > 0) return this.#tell(workflow)
    this.#here.delete(workflow)
    this.#elsewhere.delete(workflow)
    this.#revisions.delete(workflow)
  }

  /** The client went away. */
  leave(client: Opener): void {
    for (const [workflow, openers] of this.#here) if (openers.has(client)) this.close(client, workflow)
    this.#tabs.delete(client)
  }

  /** What was said on the channel, by this server too. */
  heard(payload: string): void {
    const news = readNews(payload)
    // Only what is open here matters here.
    if (news === null || !this.#here.has(news.workflow)) return
    if (news.kind === 'saved')
      this.#revisions.set(news.workflow, Math.max(news.revision, this.#revisions.get(news.workflow) ?? 0))
    else if (news.server === this.#server) return
    else if (news.kind === 'gone') this.#elsewhere.get(news.workflow)?.delete(news.tab)
    else this.#met(news)
    this.#tell(news.workflow)
  }

  /** Something may not have been heard: everybody is asked anew. */
  missed(): void {
    for (const [workflow, openers] of this.#here) for (const client of openers) this.#say(this.#hereNews(client, workflow, true))
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#here.clear()
  }

  #met(news: Extract<News, { kind: 'here' }>): void {
    const there = this.#elsewhere.get(news.workflow) ?? new Map<string, Elsewhere>()
    there.set(news.tab, { actor: news.actor, seenAt: this.#now() })
    this.#elsewhere.set(news.workflow, there)
    if (!news.asks) return
    for (const client of this.#here.get(news.workflow) ?? []) this.#say(this.#hereNews(client, news.workflow, false))
  }

  /** Says again who is here, and forgets who fell silent elsewhere. */
  again(): void {
    const silent = this.#now() - SILENT_MS
    for (const [workflow, openers] of this.#here) {
      const there = this.#elsewhere.get(workflow)
      for (const [tab, { seenAt }] of there ?? []) if (seenAt < silent) there?.delete(tab)
      for (const client of openers) this.#say(this.#hereNews(client, workflow, false))
      this.#tell(workflow)
    }
  }

  #tell(workflow: string): void {
    const openers = [...(this.#here.get(workflow) ?? [])]
    const elsewhere = [...(this.#elsewhere.get(workflow)?.values() ?? [])]
    for (const client of openers) {
      const others = [...openers.filter((one) => one !== client), ...elsewhere].map(({ actor }) => ({
        // One's own other windows have no name.
        name: actor === client.actor ? null : actor,
      }))
      client.workflow({ type: 'workflow', workflowId: workflow, revision: this.#revisions.get(workflow) ?? 0, others })
    }
  }

  #hereNews(client: Opener, workflow: string, asks: boolean): News {
    return { kind: 'here', workflow, server: this.#server, tab: this.#tabs.get(client) ?? '', actor: client.actor, asks }
  }

  #say(news: News): void {
    this.#said = this.#said
      .then(() => this.#deps.pool.query(`select pg_notify('${WORKFLOW_CHANNEL}', $1)`, [JSON.stringify(news)]))
      .catch((error: unknown) => {
        this.#deps.log.warn('Other servers were not told who has a workflow open', {
          detail: error instanceof Error ? error.message : String(error),
        })
      })
  }

  #now(): number {
    return this.#deps.now?.() ?? Date.now()
  }
}

function readNews(payload: string): News | null {
  try {
    const news: unknown = JSON.parse(payload)
    return Value.Check(News, news) ? news : null
  } catch {
    return null
  }
}
