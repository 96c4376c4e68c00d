import type { Pool } from 'pg'
import type { SendInput } from '#schemas/api/sends.ts'
import { compileContent, type CompiledContent } from '#nodes/message/content.ts'
import { AppError, type TemplateContent, type TemplateRef } from '#runtime/sdk/index.ts'

/** A text made ready: compiled once, filled for each person. */
export interface ReadyText {
  readonly ref: TemplateRef | null
  readonly content: TemplateContent
  readonly compiled: CompiledContent
}

/** At most so many texts stay ready. */
const KEPT = 1000

/** Texts of single sends. Template versions never change, and the same text comes again and again. */
export class SendTexts {
  readonly #pool: Pool
  readonly #known = new Map<string, ReadyText | Promise<ReadyText>>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** At once where the text is known: thousands a second are. @throws AppError `template-broken`, `not-found` */
  of(workspaceId: string, { text, template }: Pick<SendInput, 'text' | 'template'>): ReadyText | Promise<ReadyText> {
    const key = template === undefined ? JSON.stringify(text) : `${workspaceId} ${template}`
    const known = this.#known.get(key)
    if (known) return known
    const ready = template === undefined ? readyText(contentOf(text), null) : this.#version(workspaceId, template)
    this.#known.set(key, ready)
    if (ready instanceof Promise)
      ready.then(
        (found) => this.#known.has(key) && this.#known.set(key, found),
        () => this.#known.delete(key),
      )
    const oldest = this.#known.keys().next().value
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return ready
  }

  async #version(workspaceId: string, id: string): Promise<ReadyText> {
    const { rows } = await this.#pool.query<{ version: number; content: TemplateContent }>(
      'select version, content from template_version where id = $1 and workspace_id = $2',
      [id, workspaceId],
    )
    const row = rows[0]
    if (!row) throw new AppError('not-found', { what: 'template' })
    return readyText(row.content, { id, version: row.version })
  }
}

function readyText(content: TemplateContent, ref: TemplateRef | null): ReadyText {
  return { ref, content, compiled: compileContent(content) }
}

function contentOf(text: SendInput['text']): TemplateContent {
  if (!text) throw new Error('a message without a text')
  const { body, title, buttons, kakao } = text
  return { body, ...(title !== undefined && { title }), ...(buttons && { buttons }), ...(kakao && { kakao }) }
}
