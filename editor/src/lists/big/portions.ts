import type { ListKind } from '#schemas/list.ts'
import type { CellRow } from '../read-cells.ts'
import { typedCell, type CellProblem } from '../typed-cell.ts'
import type { BigFile } from './open-big.ts'

/** How the rows of a big file are read, as the first ones showed. */
export interface BigPlan {
  /** Rows at the top that are no people: titles and headers. */
  readonly skip: number
  readonly kinds: readonly ListKind[]
  /** Place of the column with the numbers. */
  readonly address: number | null
}

export type BigProblemCode = CellProblem | 'extra-cells'

/** Something wrong with a row, by its place in the file. */
export interface BigProblem {
  readonly row: number
  /** Place of the column; null: it is about the row. */
  readonly column: number | null
  readonly code: BigProblemCode
  readonly cell: string
}

/** Rows to be stored, and what was found on the way. */
export interface Portion {
  readonly rows: readonly (readonly (string | null)[])[]
  readonly problems: readonly BigProblem[]
  /** All problems of these rows; of many, only some are told. */
  readonly problemCount: number
  readonly bytes: number
}

/** Rows that go out together: a multiple of what the server seals as one part. */
export const PORTION_ROWS = 5000
/** Problems that are told of one portion. */
const TOLD = 200
const SHOWN_LETTERS = 60

/** Reads all people of a big file, in portions. Each cell is read as its column's kind; one that is nothing of the kind stays empty and is told. */
export async function* portionsOf(file: BigFile, plan: BigPlan): AsyncGenerator<Portion> {
  let skip = plan.skip
  let waiting: CellRow[] = []
  let bytes = 0
  for await (const batch of file.rows()) {
    bytes = batch.bytes
    const rows = skip === 0 ? batch.rows : batch.rows.slice(skip)
    skip -= batch.rows.length - rows.length
    waiting.push(...rows)
    while (waiting.length >= PORTION_ROWS) {
      yield portionOf(waiting.slice(0, PORTION_ROWS), plan, bytes)
      waiting = waiting.slice(PORTION_ROWS)
    }
  }
  if (waiting.length > 0) yield portionOf(waiting, plan, bytes)
}

function portionOf(rows: readonly CellRow[], { kinds, address }: BigPlan, bytes: number): Portion {
  const problems: BigProblem[] = []
  let problemCount = 0
  const tell = (problem: BigProblem) => {
    problemCount += 1
    if (problems.length < TOLD) problems.push({ ...problem, cell: [...problem.cell.trim()].slice(0, SHOWN_LETTERS).join('') })
  }
  const read = rows.map(({ row, cells }) => {
    const extra = cells.slice(kinds.length).find((cell) => cell.trim() !== '')
    if (extra !== undefined) tell({ row, column: null, code: 'extra-cells', cell: extra })
    return kinds.map((kind, column): string | null => {
      const cell = storable(cells[column] ?? '')
      const { value, problem } = exact(typedCell(cell, kind), kind)
      // A second number that is not there harms nobody.
      const counts = (problem !== 'phone-missing' && problem !== 'phone-landline') || column === address
      if (problem !== null && counts) tell({ row, column, code: problem, cell })
      return value
    })
  })
  return { rows: read, problems, problemCount, bytes }
}

/** Letters that no database holds: NUL, and half of an emoji. */
const storable = (cell: string): string => (/[\0\uD800-\uDFFF]/.test(cell) ? cell.toWellFormed().replaceAll('\0', '') : cell)

/** A whole number with more digits than a number holds would be another one. */
function exact(read: ReturnType<typeof typedCell>, kind: ListKind): ReturnType<typeof typedCell> {
  const isInexact = kind === 'integer' && read.value !== null && !Number.isSafeInteger(Number(read.value))
  return isInexact ? { value: null, problem: 'not-number' } : read
}
