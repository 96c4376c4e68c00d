import type { Column } from '#schemas/column.ts'
import type { ListColumn, ListColumnInput, ListKind } from '#schemas/list.ts'
import type { Localized } from '#schemas/localized.ts'
import type { Value } from '#runtime/sdk/index.ts'
import { looksPersonal } from '#runtime/values/personal.ts'

interface KindFacts {
  readonly type: Column['type']
  /** Values of it belong to a person, whatever the column is called. */
  readonly personal?: true
  /** The one form in which a cell of this kind is stored. */
  readonly fits: (cell: string) => boolean
  readonly typed?: (cell: string) => Value
  /** What was expected, for who reads the refusal. */
  readonly expected: Localized
}

const text = { type: 'text', fits: () => true, expected: { en: 'a text', ko: '글' } } as const

/** A day that the calendar has. */
function isDay(cell: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(cell) || cell.startsWith('0000')) return false
  const day = new Date(`${cell}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(cell)
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/

/**
 * What each kind is in a workflow. Integers are numbers, as far as a number holds them exactly; decimals stay digits, as those of a
 * database do. A phone number is not judged here: what cannot be called is left out by name when it is sent, as from any other source.
 */
const KINDS: Readonly<Record<ListKind, KindFacts>> = {
  text,
  phone: { ...text, personal: true },
  email: { ...text, personal: true },
  integer: {
    type: 'integer',
    fits: (cell) => /^-?\d{1,16}$/.test(cell) && Number.isSafeInteger(Number(cell)),
    typed: Number,
    expected: { en: 'a whole number such as 1200', ko: '1200처럼 소수점 없는 수' },
  },
  decimal: {
    type: 'decimal',
    fits: (cell) => /^-?\d{1,30}(\.\d{1,30})?$/.test(cell),
    expected: { en: 'a number such as 12.5', ko: '12.5 같은 수' },
  },
  date: { type: 'date', fits: isDay, expected: { en: 'a day such as 2026-03-02', ko: '2026-03-02 같은 날짜' } },
  datetime: {
    type: 'datetime',
    fits: (cell) => isDay(cell.slice(0, 10)) && /[T ]/.test(cell.charAt(10)) && TIME.test(cell.slice(11)),
    typed: (cell) => cell.replace(' ', 'T'),
    expected: { en: 'a day and time such as 2026-03-02T09:30', ko: '2026-03-02T09:30 같은 날짜와 시각' },
  },
  boolean: {
    type: 'boolean',
    fits: (cell) => cell === 'true' || cell === 'false',
    typed: (cell) => cell === 'true',
    expected: { en: 'true or false', ko: 'true 또는 false' },
  },
}

/** What a cell of this kind must be; null: it is. */
export function misfit(kind: ListKind, cell: string): Localized | null {
  const facts = KINDS[kind]
  return facts.fits(cell) ? null : facts.expected
}

/** Makes the values of a stored row. Every cell was judged when it came in. */
export function rowReader(columns: readonly ListColumn[]): (cells: readonly (string | null)[]) => Value[] {
  const typed = columns.map(({ kind }) => KINDS[kind].typed)
  return (cells) => cells.map((cell, index) => (cell === null ? null : (typed[index]?.(cell) ?? cell)))
}

/** The column of a workflow that a column of a list becomes. */
export function columnOf({ name, label, kind, personal }: ListColumn): Column {
  const { type } = KINDS[kind]
  return { name, type, label, personal, nullable: true, ...(type === 'decimal' && { digits: true }) }
}

/** A column as it is stored: whether its values belong to a person is settled here, once. */
export function settled(column: ListColumnInput): ListColumn {
  const { name, label, kind } = column
  const guessed = KINDS[kind].personal === true || looksPersonal(label) || looksPersonal(name)
  return { name: name.normalize('NFC'), label: label.normalize('NFC').trim(), kind, personal: column.personal ?? guessed }
}
