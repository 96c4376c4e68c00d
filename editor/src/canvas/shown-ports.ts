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
  readonly config: Readonly<Record<string, unknown>>
}

/** May anything leave there, as the step is set? */
function isOpen(type: NodeDescriptor | undefined, name: string, config: Shown['config']): boolean {
  const wanted = type?.ports.out[name]?.onlyIf
  if (wanted === undefined) return true
  let value: unknown = config
  // The config is plain JSON; whatever is no object has nothing inside.
  for (const step of wanted.path.split('/')) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[step]
  return value === wanted.is
}

/** The outputs a card draws: `failed`, which every step has, and those the config does not ask for, only where they are used. A type that is not known has those its lines use. */
export function shownOutputs(type: NodeDescriptor | undefined, { language, connected, counts, config }: Shown): NamedPort[] {
  const declared = type === undefined ? connected.filter((name) => name !== '') : Object.keys(type.ports.out)
  return [...new Set(declared)]
    .filter((name) => connected.includes(name) || (name !== 'failed' && isOpen(type, name, config)))
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
