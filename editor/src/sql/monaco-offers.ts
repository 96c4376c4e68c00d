import * as monaco from 'monaco-editor/editor/editor.api.js'
import { sqlOffers, type SqlHelp, type SqlOffer } from './offers.ts'

/** What each open editor knows, by its text. */
const helps = new WeakMap<monaco.editor.ITextModel, () => SqlHelp>()
let registered = false

const KINDS = {
  table: monaco.languages.CompletionItemKind.Struct,
  column: monaco.languages.CompletionItemKind.Field,
  parameter: monaco.languages.CompletionItemKind.Variable,
  function: monaco.languages.CompletionItemKind.Function,
  keyword: monaco.languages.CompletionItemKind.Keyword,
} as const satisfies Record<SqlOffer['kind'], monaco.languages.CompletionItemKind>

function itemOf(
  offer: SqlOffer,
  { range, typed, place }: { range: monaco.IRange; typed: string; place: number },
): monaco.languages.CompletionItem {
  const { label, title, detail, description, insert, kind } = offer
  const named = title !== '' && title !== label
  return {
    label: { label, ...(named && { detail: `  ${title}` }), description: detail },
    kind: KINDS[kind],
    insertText: insert,
    ...(kind === 'function' && { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }),
    ...(description !== null && { documentation: description }),
    range,
    // Found by Korean names and first consonants, which Monaco does not know: it is told that all of them fit, in this order.
    filterText: typed,
    sortText: String(place).padStart(4, '0'),
  }
}

function register(): void {
  if (registered) return
  registered = true
  monaco.languages.registerCompletionItemProvider(['pgsql', 'mysql'], {
    triggerCharacters: ['.', ':'],
    provideCompletionItems(model, position) {
      const help = helps.get(model)
      if (!help) return { suggestions: [] }
      const sql = model.getValue()
      const offset = model.getOffsetAt(position)
      const found = sqlOffers(sql, offset, help())
      if (found === null) return { suggestions: [] }
      const range = monaco.Range.fromPositions(model.getPositionAt(found.from), position)
      const typed = sql.slice(found.from, offset)
      // Asked again at each letter: what is found depends on more than what Monaco compares.
      return { incomplete: true, suggestions: found.offers.map((offer, place) => itemOf(offer, { range, typed, place })) }
    },
  })
}

/** Offers tables, columns, functions, keywords and parameters where they may stand in this text. */
export function offerIn(model: monaco.editor.ITextModel, help: () => SqlHelp): void {
  register()
  helps.set(model, help)
}
