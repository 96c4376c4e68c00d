import { LIST_LIMITS, type ListColumn, type ListColumnInput } from '#schemas/list.ts'
import type { Language, Localized } from '#schemas/localized.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import { misfit, settled } from './kinds.ts'

/** One row as it is stored. */
export type Cells = readonly (string | null)[]

/** More than a person mends in one go; where so many cells are wrong, the kind of the column is. */
const MOST_FAULTS = 50

/** Names that reach into the objects of the language, where rows are objects. */
const RESERVED = new Set(['constructor', 'prototype', '__proto__'])

/** Columns with their names settled. @throws InvalidFields for two of one name */
export function checkColumns(columns: readonly ListColumnInput[], language: Language): ListColumn[] {
  const faults: FieldFault[] = []
  const fault = faultIn(language)
  const seen = new Set<string>()
  const made = columns.map(settled)
  for (const [index, { name, label }] of made.entries()) {
    const path = `columns/${index}/name`
    if (seen.has(name)) faults.push(fault(path, 'duplicate', twice(name, label)))
    if (RESERVED.has(name)) faults.push(fault(path, 'reserved', reserved(name)))
    if (label === '') faults.push(fault(`columns/${index}/label`, 'minLength', NO_LABEL))
    seen.add(name)
  }
  if (faults.length > 0) throw new InvalidFields(faults)
  return made
}

/**
 * Rows whose every cell fits its column, all of one length. What does not fit is told with its row (counted from 1, without the headers)
 * and the column's header; nothing is taken in then, so that a stored list never has a value that a run would stumble over.
 * @throws InvalidFields, AppError `list-empty`
 */
export function checkRows(rows: readonly unknown[], columns: readonly ListColumn[], language: Language): Cells[] {
  if (rows.length === 0) throw new AppError('list-empty', {})
  const faults: FieldFault[] = []
  const fault = faultIn(language)
  const checked: Cells[] = []
  for (const [index, row] of rows.entries()) {
    // The schema of the request says that each row is a list.
    checked.push(checkRow(row as readonly unknown[], { index, columns, fault, faults }))
    if (faults.length >= MOST_FAULTS) break
  }
  if (faults.length > 0) throw new InvalidFields(faults.slice(0, MOST_FAULTS))
  return checked
}

interface At {
  readonly index: number
  readonly columns: readonly ListColumn[]
  readonly fault: ReturnType<typeof faultIn>
  readonly faults: FieldFault[]
}

function checkRow(row: readonly unknown[], { index, columns, fault, faults }: At): Cells {
  if (row.length > columns.length) {
    faults.push(fault(`rows/${index}`, 'too-long', tooLong(index + 1, row.length, columns.length)))
    return []
  }
  return columns.map((column, place) => {
    const cell = row[place] ?? null
    const wrong = cell === null ? null : wrongCell(cell, column)
    if (wrong) faults.push(fault(`rows/${index}/${place}`, 'wrong-cell', inCell(index + 1, column, wrong)))
    // An empty cell of a sheet is nothing at all, and no text of no letters.
    return typeof cell === 'string' && cell !== '' ? cell : null
  })
}

function wrongCell(cell: unknown, { kind }: ListColumn): Localized | null {
  if (typeof cell !== 'string') return { en: 'a text or null', ko: '글 또는 null' }
  if (cell.length > LIST_LIMITS.cellCharacters) return { en: '10,000 letters at most', ko: '10,000자 이하' }
  return cell === '' ? null : misfit(kind, cell)
}

const faultIn =
  (language: Language) =>
  (path: string, code: string, message: Localized): FieldFault => ({ path, code, message: message[language] })

const NO_LABEL: Localized = { en: 'The header is empty.', ko: '제목이 비어 있어요.' }

const twice = (name: string, label: string): Localized => ({
  en: `Two columns are called "${name}" ("${label}" is the second). Give one another name.`,
  ko: `‘${name}’이라는 열이 둘이에요(‘${label}’이 둘째예요). 하나의 이름을 바꿔 주세요.`,
})

const reserved = (name: string): Localized => ({
  en: `A column may not be called "${name}". Give it another name.`,
  ko: `‘${name}’은 열 이름으로 쓸 수 없어요. 다른 이름을 써 주세요.`,
})

const tooLong = (row: number, cells: number, columns: number): Localized => ({
  en: `Row ${row}: it has ${cells} cells, the list has ${columns} columns.`,
  ko: `${row}번째 행: 칸이 ${cells}개인데 명단의 열은 ${columns}개예요.`,
})

const inCell = (row: number, { label }: ListColumn, expected: Localized): Localized => ({
  en: `Row ${row}, "${label}": it must be ${expected.en}.`,
  ko: `${row}번째 행 ‘${label}’: ${expected.ko}여야 해요.`,
})
