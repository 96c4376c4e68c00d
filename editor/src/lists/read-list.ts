import type { ListKind } from '#schemas/list.ts'
import { guessKind, PHONE_HEADER, saysOptOut, type KindReason } from './guess-kind.ts'
import { beginsWithHeader, columnNames, shapeOf } from './header.ts'
import { readPhoneCell } from './phone-cell.ts'
import type { CellRow } from './read-cells.ts'
import { typedCell, type CellProblem } from './typed-cell.ts'

/** What a person said otherwise than it was guessed. */
export interface ListChoices {
  /** The first row names the columns; null: as it looks. */
  readonly header: boolean | null
  /** Kinds by the place of the column. */
  readonly kinds: Readonly<Record<number, ListKind>>
  /** Place of the column with the numbers that get the message; null: as it looks. */
  readonly address: number | null
}

export const noChoices: ListChoices = { header: null, kinds: {}, address: null }

interface ReadColumn {
  readonly name: string
  readonly label: string
  readonly kind: ListKind
  /** Why it is taken for that; null: the person said so. */
  readonly reason: KindReason | null
}

/** Something wrong with a cell, by the row of the sheet. */
interface RowProblem {
  readonly row: number
  /** Place of the column. */
  readonly column: number
  readonly code: CellProblem
  readonly cell: string
}

/** What was read: nothing is thrown away, so that the run can say of everybody what became of him. */
export interface ReadList {
  readonly hasHeader: boolean
  /** Rows above the table that are its title. */
  readonly titles: number
  readonly columns: readonly ReadColumn[]
  /** Place of the column with the numbers; null: none looks like it. */
  readonly address: number | null
  /** Place of the column that says who wants no more messages; null: there is none. */
  readonly optOut: number | null
  readonly rows: readonly (readonly (string | null)[])[]
  /** Place in the sheet of each of `rows`. */
  readonly places: readonly number[]
  readonly problems: readonly RowProblem[]
  /** Phone numbers that got their first 0 back. */
  readonly restored: number
  /** Rows whose number stood in an earlier row, with that row. */
  readonly repeated: readonly { readonly row: number; readonly first: number }[]
}

/** Reads a list of people out of the rows of a sheet. `unnamed` calls a column without a header by its letter. */
export function readList(sheet: readonly CellRow[], choices: ListChoices, unnamed: (letter: string) => string): ReadList {
  const { width, titles } = shapeOf(sheet)
  const table = sheet.slice(titles)
  const hasHeader = choices.header ?? beginsWithHeader(table)
  const body = hasHeader ? table.slice(1) : table
  const names = columnNames(hasHeader ? (table[0]?.cells ?? []) : [], width, unnamed)
  const columns = names.map(({ name, label }, place): ReadColumn => {
    const said = choices.kinds[place]
    if (said !== undefined) return { name, label, kind: said, reason: null }
    const cells = body.map((row) => row.cells[place] ?? '')
    return { name, label, ...guessKind(label, cells) }
  })
  const address = choices.address ?? findAddress(columns, body)
  const optOut = columns.findIndex((column, place) =>
    saysOptOut(
      column,
      body.map(({ cells }) => cells[place] ?? ''),
    ),
  )
  const problems: RowProblem[] = []
  const rows = body.map(({ row, cells }) =>
    columns.map(({ kind }, column): string | null => {
      const cell = cells[column] ?? ''
      const { value, problem } = typedCell(cell, kind)
      // A second number that is not there harms nobody.
      const counts = problem !== 'phone-missing' && problem !== 'phone-landline' ? true : column === address
      if (problem !== null && counts) problems.push({ row, column, code: problem, cell: cell.trim() })
      return value
    }),
  )
  const phones = columns.flatMap(({ kind }, place) => (kind === 'phone' ? [place] : []))
  const restored = body.flatMap(({ cells }) => phones.filter((place) => readPhoneCell(cells[place] ?? '').restored)).length
  const places = body.map(({ row }) => row)
  return {
    hasHeader,
    titles,
    columns,
    address,
    optOut: optOut === -1 ? null : optOut,
    rows,
    places,
    problems,
    restored,
    repeated: findRepeated(body, address),
  }
}

/** The phone column with the most numbers; where two have as many, the one that is called so. */
function findAddress(columns: readonly ReadColumn[], body: readonly CellRow[]): number | null {
  const counted = columns.flatMap(({ kind, label }, place) => {
    if (kind !== 'phone') return []
    const usable = body.filter(({ cells }) => readPhoneCell(cells[place] ?? '').identity !== null).length
    return [{ place, weight: usable + (PHONE_HEADER.test(label) ? 0.5 : 0) }]
  })
  return counted.sort((a, b) => b.weight - a.weight)[0]?.place ?? null
}

function findRepeated(body: readonly CellRow[], address: number | null): { row: number; first: number }[] {
  const firsts = new Map<string, number>()
  return body.flatMap(({ row, cells }) => {
    const { identity } = readPhoneCell(address === null ? '' : (cells[address] ?? ''))
    const first = identity === null ? undefined : firsts.get(identity)
    if (identity !== null && first === undefined) firsts.set(identity, row)
    return first === undefined ? [] : [{ row, first }]
  })
}

/** How many get the message as the list stands: usable numbers, each once. */
export const usablePeople = ({ rows, problems, repeated, address }: ReadList): number =>
  rows.length -
  repeated.length -
  problems.filter(({ column, code }) => column === address && code.startsWith('phone-') && code !== 'phone-landline').length
