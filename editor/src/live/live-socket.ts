import type { ClientFrame, RunFrame, ServerFrame, WorkflowFrame } from '#schemas/frames.ts'
import type { RunItem } from '#schemas/run.ts'
import { backoff } from './backoff.ts'
import { FrameStore } from './frame-store.ts'

export type LiveState = 'idle' | 'connecting' | 'open' | 'lost'

/** What of a browser's WebSocket is used; a test puts another one here. */
export interface SocketLike {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
  send(text: string): void
  close(): void
}

interface LiveSocketOptions {
  readonly open: () => SocketLike
  readonly random?: () => number
  /** Nothing heard for so long means a dead connection; the server pings every 30 s. */
  readonly silenceMs?: number
}

type Topic = { readonly runId: string } | { readonly workflowId: string } | { readonly topic: 'runs' | 'node-types' }

const keyOf = (topic: Topic) =>
  'runId' in topic ? `run ${topic.runId}` : 'workflowId' in topic ? `workflow ${topic.workflowId}` : topic.topic

/**
 * The one live connection of a tab. It opens with the first subscription and closes a moment after the last one goes; a
 * lost one is opened again with growing waits and subscribes again to all that is still watched. Snapshots are complete, so
 * nothing that was missed needs to be asked for.
 */
export class LiveSocket {
  readonly frames = new FrameStore()
  readonly #options: LiveSocketOptions
  readonly #topics = new Map<string, { topic: Topic; watchers: number }>()
  readonly #stateListeners = new Set<() => void>()
  readonly #runsListeners = new Set<(items: readonly RunItem[]) => void>()
  readonly #typesListeners = new Set<() => void>()
  readonly #workflowListeners = new Set<(frame: WorkflowFrame) => void>()
  #typesVersion: string | null = null
  #socket: SocketLike | null = null
  #state: LiveState = 'idle'
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(options: LiveSocketOptions) {
    this.#options = options
  }

  get state(): LiveState {
    return this.#state
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  /** Watches a run; its snapshots are in `frames`. The answer stops watching. */
  watchRun(runId: string): () => void {
    return this.#watch({ runId })
  }

  /** Watches the list of runs; each push holds the runs that changed. */
  watchRuns(listener: (items: readonly RunItem[]) => void): () => void {
    this.#runsListeners.add(listener)
    const stop = this.#watch({ topic: 'runs' })
    return () => {
      this.#runsListeners.delete(listener)
      stop()
    }
  }

  /** Watches the node types; called when they are others than before. */
  watchNodeTypes(listener: () => void): () => void {
    this.#typesListeners.add(listener)
    const stop = this.#watch({ topic: 'node-types' })
    return () => {
      this.#typesListeners.delete(listener)
      stop()
    }
  }

  /** Watches who else has a workflow open, and the newest revision of its draft. */
  watchWorkflow(workflowId: string, listener: (frame: WorkflowFrame) => void): () => void {
    const mine = (frame: WorkflowFrame) => frame.workflowId === workflowId && listener(frame)
    this.#workflowListeners.add(mine)
    const stop = this.#watch({ workflowId })
    return () => {
      this.#workflowListeners.delete(mine)
      stop()
    }
  }

  /** Tries again now instead of at the end of the wait: the network came back, or the tab is looked at again. */
  hurry(): void {
    if (this.#state !== 'lost') return
    clearTimeout(this.#timer)
    this.#attempt = 0
    this.#open()
  }

  /** Opens a new connection at once, for what an old one cannot change: the language of its texts. */
  renew(): void {
    if (this.#state === 'idle') return
    this.#drop('lost')
    this.#attempt = 0
    this.#open()
  }

  close(): void {
    this.#topics.clear()
    this.#drop('idle')
  }

  #watch(topic: Topic): () => void {
    const key = keyOf(topic)
    const known = this.#topics.get(key)
    const entry = known ?? { topic, watchers: 0 }
    entry.watchers += 1
    if (known === undefined) {
      this.#topics.set(key, entry)
      this.#send({ type: 'subscribe', ...topic })
    }
    if (this.#state === 'idle') this.#open()
    let watching = true
    return () => {
      if (!watching) return
      watching = false
      entry.watchers -= 1
      // A component that is drawn anew unsubscribes and subscribes in one go: wait for that before telling the server.
      setTimeout(() => this.#release(key), 300)
    }
  }

  #release(key: string): void {
    const entry = this.#topics.get(key)
    if (entry === undefined || entry.watchers > 0) return
    this.#topics.delete(key)
    if ('runId' in entry.topic) this.frames.forget(entry.topic.runId)
    this.#send({ type: 'unsubscribe', ...entry.topic })
    if (this.#topics.size === 0) this.#drop('idle')
  }

  #open(): void {
    this.#setState('connecting')
    const socket = this.#options.open()
    this.#socket = socket
    this.#listenForSilence()
    socket.onopen = () => {
      this.#attempt = 0
      this.frames.forgetVersions()
      this.#setState('open')
      for (const { topic } of this.#topics.values()) this.#send({ type: 'subscribe', ...topic })
    }
    socket.onmessage = ({ data }) => {
      this.#listenForSilence()
      const frame = readFrame(data)
      if (frame !== null) this.#take(frame)
    }
    socket.onclose = () => this.#lost()
  }

  #take(frame: ServerFrame): void {
    if (frame.type === 'run') this.frames.put(frame)
    else if (frame.type === 'runs') for (const listener of this.#runsListeners) listener(frame.items)
    else if (frame.type === 'workflow') for (const listener of this.#workflowListeners) listener(frame)
    else if (frame.type === 'node-types') this.#takeTypes(frame.version)
    else if (frame.type === 'ping') this.#send({ type: 'pong' })
    else if (frame.type === 'error') console.warn('Alimflow live connection:', frame.error.code, frame.error.message)
  }

  #takeTypes(version: string): void {
    const isNew = this.#typesVersion !== null && this.#typesVersion !== version
    this.#typesVersion = version
    if (isNew) for (const listener of this.#typesListeners) listener()
  }

  #lost(): void {
    this.#drop(this.#topics.size === 0 ? 'idle' : 'lost')
    if (this.#state !== 'lost') return
    this.#timer = setTimeout(() => this.#open(), backoff(this.#attempt, this.#options.random))
    this.#attempt += 1
  }

  #drop(state: LiveState): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#silence)
    const socket = this.#socket
    this.#socket = null
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    }
    this.#setState(state)
  }

  #listenForSilence(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#lost(), this.#options.silenceMs ?? 75_000)
  }

  #send(frame: ClientFrame): void {
    if (this.#state === 'open') this.#socket?.send(JSON.stringify(frame))
  }

  #setState(state: LiveState): void {
    if (state === this.#state) return
    this.#state = state
    for (const listener of this.#stateListeners) listener()
  }
}

/** The server's frames are checked where they are made; here only what would make the page stumble is sorted out. */
function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const frame: unknown = JSON.parse(data)
    if (typeof frame !== 'object' || frame === null || !('type' in frame)) return null
    if (frame.type === 'run' && !isRunFrame(frame)) return null
    // The type is known; unknown types fall through every branch that reads it.
    return frame as ServerFrame
  } catch {
    return null
  }
}

function isRunFrame(frame: object): frame is RunFrame {
  return 'runId' in frame && typeof frame.runId === 'string' && 'version' in frame && typeof frame.version === 'number'
}
