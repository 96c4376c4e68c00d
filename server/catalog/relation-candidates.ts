import type { CatalogColumn, CatalogTable } from '#schemas/catalog.ts'

/** A pair of columns that may belong together: their names and types say so, the values were not looked at. */
export interface Candidate {
  readonly from: CatalogTable
  readonly column: CatalogColumn
  readonly to: CatalogTable
  readonly key: CatalogColumn
}

const bare = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** `companies` → `company`, `addresses` → `address`, `orders` → `order`. */
export function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '')
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/** `company_id`, `companyNo`, `회사번호`: what stands before the word for a key. */
const KEY_WORD = /(id|no|num|number|code|key|seq|idx|uid|pk|번호|코드|아이디)$/u

/** The one column by which rows of a table are known; null: there is none, or they are several. */
function keyOf(table: CatalogTable): CatalogColumn | null {
  const keys = table.columns.filter(({ primaryKey }) => primaryKey)
  return keys.length === 1 ? (keys[0] ?? null) : null
}

const TYPES = new Set<CatalogColumn['type']>(['integer', 'text', 'decimal'])

/**
 * Pairs that no foreign key declares: `reviews.company_id` and the key of `companies`, or a column that is called as another table's key is.
 * A key that is only called `id` or `번호` says nothing by itself.
 */
export function relationCandidates(tables: readonly CatalogTable[]): Candidate[] {
  const byName = new Map<string, CatalogTable[]>()
  const byKey = new Map<string, CatalogTable[]>()
  const put = (map: Map<string, CatalogTable[]>, name: string, table: CatalogTable) => {
    const found = map.get(name)
    if (found) found.push(table)
    else map.set(name, [table])
  }
  for (const table of tables) {
    const key = keyOf(table)
    if (!key || table.kind === 'view') continue
    // `tb_company` and `t_company` are companies, too.
    for (const name of new Set([table.name, table.name.replace(/^(tb|tbl|t)_/i, '')])) put(byName, singular(bare(name)), table)
    if (bare(key.name).replace(KEY_WORD, '') !== '') put(byKey, bare(key.name), table)
  }
  return tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (!TYPES.has(column.type) || from.relations.some(({ columns }) => columns.length === 1 && columns[0] === column.name))
        return []
      const name = bare(column.name)
      const stem = name.replace(KEY_WORD, '')
      const named = stem === name || stem === '' ? [] : (byName.get(singular(stem)) ?? [])
      const targets = [...new Set([...named, ...(byKey.get(name) ?? [])])]
      return targets.flatMap((to): Candidate[] => {
        const key = keyOf(to)
        const isItself = to === from && key === column
        // A table whose own key is called so is the one that others belong to.
        const isOwnKey = column.primaryKey && keyOf(from) === column && !named.includes(to)
        return key && !isItself && !isOwnKey && key.type === column.type ? [{ from, column, to, key }] : []
      })
    }),
  )
}
