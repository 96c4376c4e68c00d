import type { Language } from '#schemas/localized.ts'
import type { ReadList } from '#editor/lists/read-list.ts'
import { friendlyNames } from '#editor/model/friendly.ts'
import type { Beginning } from './list-workflow.ts'

const NAME_HEADER =
  /^(?:이름|성명|성함|고객명|회원명|고객\s*이름|회원\s*이름|상호|상호명|업체명|name|customer|full\s*name|first\s*name)$/i

/** A greeting by the column that holds names; null: none is called so. `words` makes the sentence around the hole. */
export function greetingFor(list: ReadList, language: Language, words: (hole: string) => string): Beginning | null {
  const column = list.columns.find(({ label, kind }) => kind === 'text' && NAME_HEADER.test(label))
  const named = friendlyNames(list.columns, language).find((one) => one.column === column?.name)
  return named === undefined
    ? null
    : { text: `${words(`#{${named.variable}}`)}\n`, variable: named.variable, column: named.column }
}
