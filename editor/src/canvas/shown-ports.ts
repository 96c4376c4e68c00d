import type { Language } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { NamedPort } from './step-card.tsx'

const SIDE_DOORS = new Set(['undelivered', 'failed'])

interface Shown {
  readonly language: Language
  /** Outputs that lead somewhere. */
  readonly connected: readonly string[]
  /** Rows per output as text, while running. */
  readonly counts: Readonly<Record<string, string>> | null
}

/** The outputs a card draws: `failed`, which every step has, only where it is used. A type that is not known has those its lines use. */
export function shownOutputs(type: NodeDescriptor | undefined, { language, connected, counts }: Shown): NamedPort[] {
  const declared = type === undefined ? connected.filter((name) => name !== '') : Object.keys(type.ports.out)
  return [...new Set(declared)]
    .filter((name) => name !== 'failed' || connected.includes(name))
    .map((name) => ({
      name,
      title: type?.ports.out[name]?.title?.[language] ?? name,
      side: SIDE_DOORS.has(name),
      count: counts?.[name] ?? null,
    }))
}

export function shownInputs(type: NodeDescriptor | undefined, connected: readonly string[]): string[] {
  return type === undefined ? [...new Set(connected.filter((name) => name !== ''))] : Object.keys(type.ports.in)
}
