import { variablesOf } from '#editor/model/template-text.ts'
import { plainText } from '#editor/model/plain-text.ts'
import type { Column } from '#schemas/column.ts'
import type { Language } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { PreviewNode, PreviewRows } from '#schemas/preview.ts'
import { wallOf } from '#schemas/time-zone.ts'

type Row = Readonly<Record<string, unknown>>

/** One table of rows: those of a port. */
export interface RowSide {
  readonly title: string | null
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** How many columns the port has in all, where some are shown on the other side already. */
  readonly total: number
}

/** What the table draws. `paired`: the rows of both sides are the same people in the same order. */
export interface RowView {
  readonly left: RowSide | null
  readonly right: readonly RowSide[]
  readonly paired: boolean
}

interface Known {
  readonly type: NodeDescriptor
  /** The step's config: of many columns only those it works with are shown beside what comes out. Null: all are shown. */
  readonly config: Readonly<Record<string, unknown>> | null
  readonly language: Language
}

function side(rows: PreviewRows | undefined, title: string | null): RowSide | null {
  return rows === undefined ? null : { title, columns: rows.columns, rows: rows.rows, total: rows.columns.length }
}

/** Arranges what a preview says of a step: in on the left, what is new on the right where the same people go on, else each output for itself. */
export function sideBySide(node: PreviewNode, { type, config, language }: Known): RowView {
  const left = side(Object.entries(node.in).find(([port]) => type.ports.in[port]?.kind !== 'start')?.[1], null)
  // Nothing is sent in a preview: what leaves a channel is not known. A way that the config may close is told of where somebody takes it.
  const tells = (port: string, rows: PreviewRows) =>
    rows.rows.length > 0 || !(port === 'failed' || type.role === 'channel' || type.ports.out[port]?.onlyIf !== undefined)
  const outputs = Object.entries(node.out).filter(([port, rows]) => tells(port, rows))
  const several = outputs.length > 1
  const right = outputs
    .map(([port, rows]) => side(rows, several ? (type.ports.out[port]?.title?.[language] ?? port) : null))
    .filter((one) => one !== null)
  const only = right[0]
  if (left !== null && only === undefined)
    return { left: { ...left, columns: concerned(left.columns, config) }, right, paired: true }
  if (left === null || only === undefined || several || only.rows.length !== left.rows.length)
    return { left, right, paired: false }
  const before = new Map(left.columns.map((column) => [column.name, column]))
  const fresh = only.columns.filter(({ name }) => !before.has(name))
  return {
    left: { ...left, columns: concerned(left.columns, config) },
    right: [{ ...only, columns: fresh }],
    paired: true,
  }
}

/** Every text inside a value, its variables, and the `:names` of a statement. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string')
    return [value, ...variablesOf(value), ...Array.from(value.matchAll(/:([A-Za-z_]\w*)/g), (match) => match[1] ?? '')]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(namesIn)
}

/** Up to this many columns are shown whatever they are. */
const FEW = 6

/** The columns a step works with, and who the rows are; all of them where that says nothing. */
function concerned(columns: readonly Column[], config: Known['config']): readonly Column[] {
  if (config === null || columns.length <= FEW) return columns
  const named = new Set(namesIn(config))
  const used = columns.filter(({ name }) => named.has(name))
  if (used.length === 0) return columns
  return columns.filter((column) => used.includes(column) || column.personal === true || column.variable === true)
}

const IDENTIFIER = /(^|_)(id|no|code)$|Id$/

/** A value as a person reads it. `null`, empty text and 0 are different facts and look different. */
export function cellText(
  value: unknown,
  column: Pick<Column, 'name' | 'type' | 'digits'>,
  { language, zone }: { language: Language; zone: string },
): { text: string; kind: 'value' | 'null' | 'empty' | 'number' } {
  if (value === null || value === undefined) return { text: '', kind: 'null' }
  if (value === '') return { text: '', kind: 'empty' }
  const numeric = column.type === 'integer' || column.type === 'decimal'
  // A number that names something is not grouped: customer 1,000 is customer 1000.
  if (numeric && IDENTIFIER.test(column.name)) return { text: plainText(value), kind: 'number' }
  if (numeric && typeof value === 'number')
    return { text: new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value), kind: 'number' }
  // Digit strings may be longer than a number can hold: they are grouped as text.
  if (numeric) return { text: grouped(plainText(value)), kind: 'number' }
  if (column.type === 'instant' && typeof value === 'string') return { text: inZone(value, zone), kind: 'value' }
  if (typeof value === 'boolean') return { text: String(value), kind: 'value' }
  return { text: plainText(value), kind: 'value' }
}

/** A moment by the clock of the workspace: `2026-11-27 09:30`, with seconds where there are some. What is no moment stays as it is. */
function inZone(value: string, zone: string): string {
  const at = Date.parse(value)
  if (Number.isNaN(at)) return value
  const text = new Date(wallOf(at, zone)).toISOString().slice(0, 19).replace('T', ' ')
  return text.endsWith(':00') ? text.slice(0, -3) : text
}

function grouped(digits: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(digits)
  if (match === null) return digits
  const [, sign = '', whole = '', rest = ''] = match
  return sign + whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + rest
}
