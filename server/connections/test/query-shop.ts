import type { Catalog, CatalogColumn, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import { blankTable } from '#schemas/catalog-blank.ts'
import { namedColumn } from '#server/catalog/blank.ts'
import type { QueryRelation } from '#schemas/visual-query.ts'

// A small shop whose names try to break out of their quotes, with a table that belongs to itself, two that belong to many of each other,
// and one whose key has two columns.

export type ShopRow = Readonly<Record<string, string | number | boolean | null>>
type Kind = 'int' | 'text' | 'date' | 'wall' | 'moment' | 'flag'

/** `[name, kind]`: a `!` is part of the key, a `?` may be empty. */
const TABLES: Readonly<Record<string, readonly (readonly [string, Kind])[]>> = {
  customers: [['id!', 'int'], ['name', 'text'], ['plan?', 'text'], ['company?', 'int'], ['referrer?', 'int'], ['birthday?', 'date'], ['seen?', 'wall'], ['opted?', 'flag']],
  '회사 "들`': [['id!', 'int'], ['이름', 'text'], ["';--", 'int']],
  reviews: [['id!', 'int'], ['company', 'int'], ['rating?', 'int'], ['at', 'moment'], ['note?', 'text']],
  tags: [['id!', 'int'], ['label', 'text']],
  customer_tags: [['customer!', 'int'], ['tag!', 'int']],
  order: [['region!', 'text'], ['no!', 'int'], ['customer', 'int'], ['total?', 'int']],
  lines: [['region!', 'text'], ['no!', 'int'], ['line!', 'int'], ['product', 'text']],
} // prettier-ignore

export const COMPANIES = '회사 "들`'
const to = (columns: string[], table: string, far: string[]): QueryRelation => ({ columns, to: { table, columns: far } })

/** From near to far, by the words of the tests. */
export const WAYS = {
  company: to(['company'], COMPANIES, ['id']),
  people: to(['id'], 'customers', ['company']),
  reviews: to(['id'], 'reviews', ['company']),
  referrer: to(['referrer'], 'customers', ['id']),
  referred: to(['id'], 'customers', ['referrer']),
  tagged: to(['id'], 'customer_tags', ['customer']),
  tag: to(['tag'], 'tags', ['id']),
  orders: to(['id'], 'order', ['customer']),
  lines: to(['region', 'no'], 'lines', ['region', 'no']),
} as const

const DECLARED: Readonly<Record<string, readonly QueryRelation[]>> = {
  customers: [WAYS.company, WAYS.referrer],
  reviews: [to(['company'], COMPANIES, ['id'])],
  customer_tags: [to(['customer'], 'customers', ['id']), WAYS.tag],
  order: [to(['customer'], 'customers', ['id'])],
  lines: [to(['region', 'no'], 'order', ['region', 'no'])],
}

export const ROWS: Readonly<Record<string, readonly ShopRow[]>> = {
  customers: Array.from({ length: 40 }, (_, i) => ({
    id: i,
    name: ['kim', 'lee', '100%', 'a_b', 'o!k', '박'][i % 6] ?? '',
    plan: i % 7 === 0 ? null : (['pro', 'basic', ''][i % 3] ?? ''),
    company: i % 5 === 4 ? null : i % 8,
    referrer: i % 4 === 0 ? null : (i * 7) % 40,
    birthday:
      i % 9 === 0 ? null : `19${70 + (i % 30)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
    seen: i % 6 === 5 ? null : `2026-11-${String(10 + (i % 19)).padStart(2, '0')} ${i % 2 === 0 ? '00:00:00' : '23:59:59'}`,
    opted: [true, false, null][i % 3] ?? null,
  })),
  [COMPANIES]: Array.from({ length: 6 }, (_, i) => ({ id: i, 이름: ['가게', '나무', '다리'][i % 3] ?? '', "';--": i * 10 })),
  reviews: Array.from({ length: 50 }, (_, i) => ({
    id: i,
    company: (i * 3) % 7,
    rating: i % 6 === 5 ? null : 1 + (i % 5),
    at: `2026-11-${String(5 + (i % 23)).padStart(2, '0')} ${i % 2 === 0 ? '14:59:59' : '15:00:00'}`,
    note: i % 4 === 0 ? null : (['좋아요', '별로 100%', ''][i % 3] ?? ''),
  })),
  tags: ['vip', 'new', 'old'].map((label, id) => ({ id, label })),
  customer_tags: Array.from({ length: 40 }, (_, i) => i).flatMap((customer) =>
    [0, 1, 2].filter((tag) => (customer + tag) % (tag + 2) === 0).map((tag) => ({ customer, tag })),
  ),
  order: Array.from({ length: 30 }, (_, i) => ({
    region: i % 2 === 0 ? 'kr' : 'us',
    no: i,
    customer: (i * 11) % 40,
    total: i % 8 === 7 ? null : i * 100,
  })),
  lines: Array.from({ length: 60 }, (_, i) => ({
    region: i % 2 === 0 ? 'kr' : 'us',
    no: i % 30,
    line: i,
    product: ['tea', 'cup'][i % 2] ?? '',
  })),
}

const TYPES = {
  int: ['integer', 'int4', 'int'],
  text: ['text', 'text', 'varchar(60)'],
  date: ['date', 'date', 'date'],
  wall: ['datetime', 'timestamp', 'datetime'],
  moment: ['instant', 'timestamptz', 'timestamp'],
  flag: ['boolean', 'bool', 'tinyint(1)'],
} as const

const bare = (name: string): string => name.replace(/[!?]$/, '')

/** Statements that make and fill it. */
export function fillShop(dialect: 'postgres' | 'mysql' | 'mariadb'): string[] {
  const quote = dialect === 'postgres' ? '"' : '`'
  const q = (name: string) => quote + bare(name).replaceAll(quote, quote + quote) + quote
  const literal = (value: ShopRow[string] | undefined) => (typeof value === 'string' ? `'${value}'` : String(value ?? null))
  return Object.entries(TABLES).flatMap(([table, columns]) => {
    const key = columns.filter(([name]) => name.endsWith('!')).map(([name]) => q(name))
    const made = columns.map(
      ([name, kind]) => `${q(name)} ${TYPES[kind][dialect === 'postgres' ? 1 : 2]} ${name.endsWith('?') ? 'null' : 'not null'}`,
    )
    const rows = (ROWS[table] ?? []).map((row) => `(${columns.map(([name]) => literal(row[bare(name)])).join(', ')})`)
    return [
      `create table ${q(table)} (${made.join(', ')}, primary key (${key.join(', ')}))`,
      `insert into ${q(table)} values ${rows.join(', ')}`,
    ]
  })
}

/** What reading the database would say of it. */
export function shopCatalog(dialect: Catalog['dialect']): Catalog {
  const tables = Object.entries(TABLES).map(([name, columns]): CatalogTable => ({
    ...blankTable(name),
    schema: dialect === 'postgres' ? 'public' : null,
    columns: columns.map(([column, kind]): CatalogColumn => ({
      ...namedColumn({ name: bare(column), type: TYPES[kind][0] }),
      sourceType: TYPES[kind][dialect === 'postgres' ? 1 : 2],
      nullable: column.endsWith('?'),
      primaryKey: column.endsWith('!'),
      personal: column === 'name',
    })),
    relations: (DECLARED[name] ?? []).map((relation): CatalogRelation => ({ ...relation, origin: 'declared', toOne: true })),
  }))
  return { connectionId: 'shop', dialect, readAt: '2026-11-27T00:00:00Z', tables, tableCount: tables.length }
}
