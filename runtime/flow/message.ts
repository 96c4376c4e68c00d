import type { Message, Row } from '#runtime/sdk/rows.ts'
import { numberOf } from './recipient.ts'

/**
 * Is it a message, not a row? Chunks and the ways out of a channel may carry either. A row's fields are values, never a row with
 * variables; and a numbered row is one for certain.
 */
export function isMessage(item: Row | Message): item is Message {
  // First what is true of nearly every row of a run: millions of them ask.
  if (numberOf(item as Row) !== undefined) return false
  const { row, parts, variables } = item as Partial<Message>
  return isRecord(row) && isRecord(parts) && isRecord(variables)
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The row of an item. */
export function rowOf(item: Row | Message): Row {
  return isMessage(item) ? item.row : item
}
