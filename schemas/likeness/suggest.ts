import type { ValueType } from '../column.ts'
import { conceptsOf, wordsOf } from './concepts.ts'
import { likeness, meantAlike, spelledAlike } from './likeness.ts'

/** Why a column may fill a variable; each is told in words. */
export type SuggestionReason = 'past' | 'name' | 'meaning' | 'phone' | 'email' | 'date' | 'money' | 'only'

export interface Suggestion<Column> {
  readonly column: Column
  /** 0–1. */
  readonly score: number
  readonly reason: SuggestionReason
}

interface Suggestable {
  readonly name: string
  /** Its friendly name. */
  readonly label?: string | undefined
  readonly type?: ValueType | undefined
}

/** What people have mapped before: a variable and the column that filled it. */
export interface PastMapping {
  readonly variable: string
  readonly column: string
}

interface Known {
  readonly past?: readonly PastMapping[] | undefined
  /** A value of each column, masked or not: its shape is what counts. */
  readonly sample?: Readonly<Record<string, string>> | undefined
  /** Least score; default: below it a guess would be a nuisance. */
  readonly least?: number | undefined
}

const WORTH_OFFERING = 0.45
/** What somebody has done herself counts more than any likeness but the same name. */
const DONE_BEFORE = 0.98
/** Nothing but its values speaks for it. */
const BY_VALUES = 0.5

/** What a value looks like, and which variables want such a one. A masked number still looks like one. */
const SHAPES: readonly { reason: SuggestionReason; value: RegExp; wants: RegExp }[] = [
  { reason: 'phone', value: /^\+?[\d*]{2,4}[- ]?[\d*]{3,4}[- ]?[\d*]{4}$/, wants: /전화|휴대|핸드폰|연락처|번호|phone|mobile|tel/i },
  { reason: 'email', value: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, wants: /메일|e-?mail/i },
  { reason: 'date', value: /^\d{4}-\d{2}-\d{2}/, wants: /날짜|일자|기간|기한|마감|만료|일시|date|day|until|due/i },
  { reason: 'money', value: /^[₩$]?[\d,]{4,}원?$/, wants: /금액|가격|요금|결제|비용|amount|price|fee|cost/i },
] // prettier-ignore

const NUMBERS: ReadonlySet<string> = new Set(['count', 'average', 'rating', 'amount', 'balance', 'rate', 'age'])
const DAYS: ReadonlySet<string> = new Set(['date', 'birth', 'due', 'created', 'start'])
const WORDS: ReadonlySet<string> = new Set(['name', 'phone', 'email', 'address', 'url', 'content'])

/** A variable that wants a number takes no day, whatever the column is called. */
function fits(variable: string, type: ValueType | undefined): number {
  if (type === undefined || type === 'text' || type === 'json') return 1
  const wants = conceptsOf(variable).map(({ name }) => name)
  const isDay = type === 'date' || type === 'time' || type === 'datetime' || type === 'instant'
  const isNumber = type === 'integer' || type === 'decimal'
  if (wants.some((name) => NUMBERS.has(name))) return isNumber ? 1 : 0.5
  if (wants.some((name) => DAYS.has(name))) return isDay ? 1 : 0.5
  if (wants.some((name) => WORDS.has(name))) return isDay || type === 'boolean' || type === 'decimal' ? 0.5 : 1
  return 1
}

const sameWords = (a: string, b: string): boolean => wordsOf(a).join('') === wordsOf(b).join('')

/**
 * The columns that may be what a variable wants, best first, each with its reason: what people mapped before, how it is called (its own
 * name or its friendly one), what its values look like. Columns of two names that mean the same are told apart by their types.
 */
export function suggestColumns<Column extends Suggestable>(
  variable: string,
  columns: readonly Column[],
  { past = [], sample = {}, least = WORTH_OFFERING }: Known = {},
): Suggestion<Column>[] {
  const before = new Set(past.filter((one) => sameWords(one.variable, variable)).map(({ column }) => column))
  return columns
    .map((column): Suggestion<Column> => {
      const names = column.label === undefined ? [column.name] : [column.name, column.label]
      const alike = Math.max(...names.map((name) => likeness(variable, name)))
      const shape = SHAPES.find(({ value, wants }) => wants.test(variable) && value.test(sample[column.name] ?? ''))?.reason
      const named = alike * fits(variable, column.type)
      if (before.has(column.name) && alike < 1) return { column, score: DONE_BEFORE, reason: 'past' }
      if (shape !== undefined) return { column, score: Math.max(named, BY_VALUES), reason: shape }
      const meant = names.some((name) => meantAlike(variable, name) * 0.97 > spelledAlike(variable, name))
      return { column, score: named, reason: meant ? 'meaning' : 'name' }
    })
    .filter(({ score }) => score >= least)
    .toSorted((a, b) => b.score - a.score)
}
