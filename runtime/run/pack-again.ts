import type { Value } from '#runtime/sdk/index.ts'
import { CHUNK_ROWS } from './chunk-builder.ts'
import type { ChunkRows } from './chunk.ts'
import { pickAnswers } from './frozen-reads.ts'
import type { Answers, NewChunk, NodeAnswers } from './ledger.ts'
import { pickRows } from './pick-rows.ts'

/** Kind of the chunks that a person wished to be sent again. Their k-th retry is of the kind 2 + k: wished as much, and counted once. */
export const RESENT = 2

/** Is it what a person wished to be sent again? It is never over its time: that person wants it now. */
export const isWished = (kind: number): boolean => kind >= RESENT

/** Kind of the chunks that go on behind a channel: wished as much where the message was, and never counted as sent again themselves. */
export const onwardKind = (kind: number): number => (isWished(kind) ? RESENT + 1 : 0)

/** Which try of a message this is: by a person's wish they count anew, or what used up its tries once would get none. */
export const tryOf = ({ kind, attempt }: { kind: number; attempt: number }): number =>
  isWished(kind) ? kind - RESENT + 1 : attempt

/** Rows of one chunk that go again: to which stage, as which attempt. */
export interface AgainRows {
  readonly nodeNo: number
  readonly attempt: number
  readonly rows: ChunkRows
  readonly answers: Answers | null
  readonly held: boolean
}

/**
 * What is to be sent again comes from many chunks, a few rows of each; it is packed into full ones, so that a provider's batch can be full.
 * Answers that are frozen stay with their rows. Rows for which a query failed go without: it is asked once more, nothing was said yet.
 */
export class AgainPacker {
  readonly #waiting = new Map<string, AgainRows[]>()
  readonly #full: NewChunk[] = []
  readonly #kind: number

  constructor(kind: number = RESENT) {
    this.#kind = kind
  }

  add(again: AgainRows): void {
    for (const part of byAnswers(again)) {
      const key = shapeOf(part)
      const waiting = [...(this.#waiting.get(key) ?? []), part]
      this.#waiting.set(key, waiting)
      if (countOf(waiting) >= CHUNK_ROWS) this.#pack(key)
    }
  }

  /** Full chunks that came together since; at the end the rest too. */
  take(options: { rest: boolean }): NewChunk[] {
    if (options.rest) for (const key of this.#waiting.keys()) this.#pack(key)
    return this.#full.splice(0)
  }

  #pack(key: string): void {
    const parts = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    const whole = joined(parts)
    if (!whole) return
    const places = whole.rows.seqs.map((_, place) => place)
    for (let from = 0; from < places.length; from += CHUNK_ROWS) {
      const some = places.slice(from, from + CHUNK_ROWS)
      const { nodeNo, attempt, held } = whole
      const rows = pickRows(whole.rows, some)
      const answers = pickAnswers(whole.answers, some)
      this.#full.push({ nodeNo, attempt, rows, answers, readyInMs: 0, held, kind: this.#kind })
    }
  }
}

function countOf(parts: readonly AgainRows[]): number {
  return parts.reduce((sum, { rows }) => sum + rows.seqs.length, 0)
}

/** Rows whose queries all had an answer, and rows that are asked about anew. */
function byAnswers(again: AgainRows): AgainRows[] {
  const { rows, answers } = again
  if (!answers) return rows.seqs.length > 0 ? [again] : []
  const failed = new Set(Object.values(answers).flatMap((one) => one.failed.map(([place]) => place)))
  const places = rows.seqs.map((_, place) => place)
  const answered = places.filter((place) => !failed.has(place))
  const anew = places.filter((place) => failed.has(place))
  return [
    { ...again, rows: pickRows(rows, answered), answers: pickAnswers(answers, answered) },
    { ...again, rows: pickRows(rows, anew), answers: null },
  ].filter((part) => part.rows.seqs.length > 0)
}

/** Rows of one shape fit into one chunk. */
function shapeOf({ nodeNo, attempt, rows, answers, held }: AgainRows): string {
  const asked = answers && Object.entries(answers).map(([id, one]) => [id, one.names])
  return JSON.stringify([nodeNo, attempt, held, rows.names, rows.messages !== null, asked])
}

/** All of them as one, ordered by number. */
function joined(parts: readonly AgainRows[]): AgainRows | null {
  const first = parts[0]
  if (!first) return null
  const places = parts
    .flatMap(({ rows }, part) => rows.seqs.map((seq, place) => ({ part, place, seq })))
    .toSorted((a, b) => a.seq - b.seq)
  const partAt = (index: number): AgainRows => parts[index] ?? first
  const column = (of: (part: AgainRows) => readonly Value[] | undefined): Value[] => {
    const columns = parts.map((part) => of(part) ?? [])
    return places.map(({ part, place }) => columns[part]?.[place] ?? null)
  }
  return {
    ...first,
    rows: {
      names: first.rows.names,
      seqs: places.map(({ seq }) => seq),
      columns: first.rows.names.map((_, index) => column(({ rows }) => rows.columns[index])),
      messages: first.rows.messages && places.map(({ part, place }) => partAt(part).rows.messages?.[place] ?? null),
    },
    answers:
      first.answers &&
      Object.fromEntries(
        Object.entries(first.answers).map(([id, { names }]): [string, NodeAnswers] => [
          id,
          { names, columns: names.map((_, index) => column(({ answers }) => answers?.[id]?.columns[index])), failed: [] },
        ]),
      ),
  }
}
