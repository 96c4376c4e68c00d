import { splitAt, type Token } from '#schemas/sql/tokens.ts'

/** Functions that make one value of many rows, and say the same in whatever order the rows come (those of ORDERED need their own order). */
const AGGREGATES: ReadonlySet<string> = new Set(
  'count sum avg min max group_concat string_agg array_agg bool_and bool_or every var_pop var_samp stddev_pop stddev_samp'.split(
    ' ',
  ),
)
const ORDERED: ReadonlySet<string> = new Set(['group_concat', 'string_agg', 'array_agg'])
/** Functions that say the same for the same values, wherever and however often they are asked. */
const PLAIN: ReadonlySet<string> = new Set(
  'coalesce ifnull nullif round abs floor ceil ceiling greatest least concat trunc truncate'.split(' '),
)
const CONSTANTS: ReadonlySet<string> = new Set(['null', 'true', 'false'])
const OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%'])

const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text
const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text

/** Reads one expression of a select list; `ok` turns false at the first thing that is not known to be safe. */
class Reader {
  readonly #tokens: readonly Token[]
  #at = 0
  ok = true
  aggregates = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get rest(): readonly Token[] {
    return this.#tokens.slice(this.#at)
  }

  expression(): void {
    this.#term()
    for (let next = this.#tokens[this.#at]; this.ok && next; next = this.#tokens[this.#at]) {
      if (next.kind !== 'sign' || !OPERATORS.has(next.text)) return
      this.#at++
      this.#term()
    }
  }

  #term(): void {
    const token = this.#tokens[this.#at++]
    if (isSign(token, '-')) this.#term()
    else if (isSign(token, '(')) this.#list(1)
    else if (token?.kind === 'word' && isSign(this.#tokens[this.#at], '(')) this.#call(token.text)
    else if (token?.kind === 'word') this.ok &&= CONSTANTS.has(token.text)
    else this.ok &&= token?.kind === 'number' || token?.kind === 'text'
  }

  #call(name: string): void {
    this.#at++
    if (AGGREGATES.has(name)) this.#aggregate(name)
    else if (PLAIN.has(name)) this.#list(Infinity)
    else this.ok = false
  }

  /** Up to the closing bracket: what is inside may be anything, as it is looked at row by row. */
  #aggregate(name: string): void {
    const from = this.#at
    for (let depth = 1; depth > 0; this.#at++) {
      const token = this.#tokens[this.#at]
      if (!token || isWord(token, 'select')) return void (this.ok = false)
      if (isSign(token, '(')) depth++
      if (isSign(token, ')')) depth--
    }
    this.aggregates++
    const inside = this.#tokens.slice(from, this.#at - 1)
    if (inside.some(({ kind }) => kind === 'parameter')) this.ok = false
    if (ORDERED.has(name) && !inside.some((token) => isWord(token, 'order'))) this.ok = false
    if (['over', 'filter', 'within'].some((word) => isWord(this.#tokens[this.#at], word))) this.ok = false
  }

  #list(most: number): void {
    for (let n = 1; this.ok; n++) {
      this.expression()
      const next = this.#tokens[this.#at++]
      if (isSign(next, ')')) return
      if (!isSign(next, ',') || n >= most) this.ok = false
    }
  }
}

/** An output column of a list of aggregates. */
export interface AggregateItem {
  /** It is one `group_concat`, `string_agg` or `array_agg` with an order of its own, or wraps one. */
  readonly ordered: boolean
}

/** The columns of a select list that holds aggregates and constants only, at least one of them an aggregate; null for any other. */
export function aggregateItems(tokens: readonly Token[]): AggregateItem[] | null {
  const items: AggregateItem[] = []
  let aggregates = 0
  for (const item of splitAt(tokens, (token) => isSign(token, ','))) {
    const reader = new Reader(item)
    reader.expression()
    const rest = isWord(reader.rest[0], 'as') ? reader.rest.slice(1) : reader.rest
    const named = rest.length === 0 || (rest.length === 1 && (rest[0]?.kind === 'word' || rest[0]?.kind === 'name'))
    if (!reader.ok || !named) return null
    aggregates += reader.aggregates
    items.push({ ordered: item.some(({ text }) => ORDERED.has(text)) })
  }
  return aggregates > 0 ? items : null
}
