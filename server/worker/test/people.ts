import type { Plan } from '#runtime/compile/plan.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { channel, source, text, type People } from './nodes.ts'
import { planOf, type Chain } from './plan.ts'

export const phone = (id: number): string => `010${10_000_000 + id}`

export function person(id: number, part: Partial<Row> = {}): Row {
  return { id, name: `사람 ${id}`, phone: phone(id), plan: 'pro', opted_out: false, ...part } as Row
}

export function people(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => person(index + 1))
}

/** people → text → Alimtalk, or what the test puts in their place. */
export function chain(from: People, part: Partial<Chain> = {}): Plan {
  return planOf({
    audience: [['people', source(from)]],
    between: [['text', text]],
    channel: ['talk', channel('alimtalk')],
    ...part,
  })
}
