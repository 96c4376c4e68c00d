import { plainText } from '#editor/model/plain-text.ts'

/** A way out of a step that the person named, with whatever else the step says of it. */
export interface NamedWay {
  readonly id: string
  readonly name: string
  readonly [field: string]: unknown
}

/** Any value as the list of ways; what is no way is left out (the server names what is wrong with it). */
export function asWays(value: unknown): NamedWay[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return []
    const entry: Record<string, unknown> = { ...item }
    return [{ ...entry, id: plainText(entry.id), name: plainText(entry.name) }]
  })
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** An id that none of them has: lines hold on to it, so it stays when the name changes. */
export function newWayId(ways: readonly NamedWay[]): string {
  const taken = new Set(ways.map(({ id }) => id))
  const free = [...LETTERS].find((letter) => !taken.has(letter))
  if (free !== undefined) return free
  let number = 1
  while (taken.has(`w${number}`)) number += 1
  return `w${number}`
}

/** The ways with one moved up (-1) or down (1). */
export function moved(ways: readonly NamedWay[], at: number, by: -1 | 1): NamedWay[] {
  const [one, other] = [ways[at], ways[at + by]]
  return one === undefined || other === undefined ? [...ways] : ways.with(at, other).with(at + by, one)
}

/** As equal shares of 100 as two decimals allow; the last takes what is left. */
export function equalShares(count: number): number[] {
  const each = Math.floor(10_000 / count) / 100
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? rounded(100 - each * (count - 1)) : each))
}

export const rounded = (value: number): number => Math.round(value * 100) / 100

/** A way's share as a number; what is none counts as nothing. */
export const shareOf = ({ share }: NamedWay): number => (typeof share === 'number' && Number.isFinite(share) ? share : 0)
