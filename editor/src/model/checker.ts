import { TABLE_SOURCE } from '#schemas/table-source.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { NodeTypeIndex } from './ports.ts'

/** Asks once things are quiet, one question at a time; an answer that a newer question has overtaken is thrown away. */
export class LatestOnly<Answer> {
  readonly #ask: (document: WorkflowDocument, signal: AbortSignal) => Promise<Answer>
  readonly #take: (answer: Answer, document: WorkflowDocument) => void
  readonly #fail: (error: unknown) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: AbortController | null = null

  constructor(
    ask: (document: WorkflowDocument, signal: AbortSignal) => Promise<Answer>,
    take: (answer: Answer, document: WorkflowDocument) => void,
    fail: (error: unknown) => void,
  ) {
    this.#ask = ask
    this.#take = take
    this.#fail = fail
  }

  /** `pause`: milliseconds without another question before this one is asked. */
  soon(document: WorkflowDocument, pause: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.now(document), pause)
  }

  async now(document: WorkflowDocument): Promise<void> {
    clearTimeout(this.#timer)
    this.#running?.abort()
    const controller = new AbortController()
    this.#running = controller
    try {
      const answer = await this.#ask(document, controller.signal)
      if (this.#running === controller) this.#take(answer, document)
    } catch (error) {
      if (this.#running === controller) this.#fail(error)
    } finally {
      if (this.#running === controller) this.#running = null
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
    this.#running = null
  }
}

/** Did anything change that the server judges? Positions are nobody's business but the picture's. */
export function sameMeaning(a: WorkflowDocument, b: WorkflowDocument): boolean {
  if (a === b) return true
  if (a.edges !== b.edges || a.settings?.timezone !== b.settings?.timezone || a.nodes.length !== b.nodes.length) return false
  return a.nodes.every((node, index) => {
    const other = b.nodes[index]
    return (
      node === other ||
      (other !== undefined && node.id === other.id && node.config === other.config && node.label === other.label)
    )
  })
}

/** Would publishing one in place of the other change nothing? Beside what is judged: guards, names, and what is drawn for people. */
export function sameToPublish(a: WorkflowDocument, b: WorkflowDocument): boolean {
  return (
    sameMeaning(a, b) &&
    a.settings?.guards === b.settings?.guards &&
    a.name === b.name &&
    a.description === b.description &&
    a.groups === b.groups &&
    a.notes === b.notes
  )
}

/**
 * May the preview be asked again by itself after this edit? Yes while only steps changed that work with what they are given; a new
 * statement against somebody's database is asked when the person says so. What is picked from tables is looked at while it is picked.
 */
export function refreshesByItself(before: WorkflowDocument, after: WorkflowDocument, types: NodeTypeIndex): boolean {
  const old = new Map(before.nodes.map((node) => [node.id, node]))
  return after.nodes.every((node) => {
    if (old.get(node.id)?.config === node.config) return true
    return types.get(node.type)?.effect !== 'read' || node.type === TABLE_SOURCE
  })
}
