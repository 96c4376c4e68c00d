import type { Column } from '#schemas/column.ts'

/** What a column is looked for: an address, or a moment. */
export type Prefer = 'phone' | 'email' | 'time'

const preferred: Readonly<Record<Exclude<Prefer, 'time'>, RegExp>> = {
  phone: /phone|mobile|contact|tel|휴대|전화|연락처|번호/i,
  email: /e-?mail|메일/i,
}

/** By its name; where a time is meant, by what its values are. */
export function columnSuits({ name, label, type }: Column, prefer: Prefer): boolean {
  if (prefer === 'time') return type === 'date' || type === 'datetime' || type === 'instant'
  return preferred[prefer].test(`${name} ${label ?? ''}`)
}

/** The column that holds the number a message goes to: a text whose name says so, the surer names first. Null: none does. */
export function phoneColumn(columns: readonly Column[]): string | null {
  const able = columns.filter((column) => column.type === 'text' && column.hidden !== true && columnSuits(column, 'phone'))
  const sure = able.find(({ name, label }) => /mobile|cell|휴대|핸드폰/i.test(`${name} ${label ?? ''}`))
  return (sure ?? able.find(({ name, label }) => /phone|contact|tel|전화|연락처/i.test(`${name} ${label ?? ''}`)))?.name ?? null
}
