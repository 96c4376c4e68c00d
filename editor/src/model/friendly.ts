import type { Column } from '#schemas/column.ts'
import { friendlyName } from '#schemas/friendly-name.ts'
import type { Language } from '#schemas/localized.ts'

/** A friendly name as a text writes it between the braces: without what would end the hole. */
const asVariable = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[#{}\n]/g, '')
    .trim()

/** The friendly name of each column, and the variable a text would call it: names that two columns would share are their own instead. */
export function friendlyNames(
  columns: readonly Pick<Column, 'name' | 'label'>[],
  language: Language,
): { readonly column: string; readonly friendly: string; readonly variable: string }[] {
  const named = columns.map((column) => ({ column: column.name, friendly: friendlyName(column, language) }))
  const shared = (friendly: string) => named.filter((one) => one.friendly === friendly).length > 1
  return named.map(({ column, friendly }) => {
    const own = shared(friendly) ? column : friendly
    // In an English text the words of the database are as good, and shorter than a sentence with blanks.
    const variable = asVariable(language === 'ko' ? own.replaceAll(' ', '') : column)
    return { column, friendly: own, variable: variable === '' ? 'value' : variable }
  })
}
