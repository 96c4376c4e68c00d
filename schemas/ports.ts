import type { OutputsFrom, PortDescriptor, PortKind } from './node.ts'

type Config = Readonly<Record<string, unknown>>
type Outputs = Readonly<Record<string, PortDescriptor>>

/** Every step has these of its own. */
const KEPT = new Set(['failed', 'skipped'])

/**
 * The outputs of a step with this config: one for each item of its list of named outputs (`outFrom`), then those of its type. Pure, and
 * about any config: the editor draws with it while the person types, the compiler judges with it.
 */
export function outputsWith(
  { out, outFrom }: { readonly out: Outputs; readonly outFrom?: OutputsFrom | undefined },
  config: Config,
): Outputs {
  if (outFrom === undefined) return out
  const { list, kind, keep } = outFrom
  const named = namedItems(config[list])
    .filter(({ id }) => !KEPT.has(id) && !Object.hasOwn(out, id))
    .map(({ id, name, kind: own }): [string, PortDescriptor] => [
      id,
      { kind: own ?? kind, title: { en: name, ko: name }, ...(keep && { keep }) },
    ])
  return Object.fromEntries([...named, ...Object.entries(out)])
}

const kindIn = (value: unknown): PortKind | undefined => (value === 'rows' || value === 'messages' ? value : undefined)

/** Ports with the kinds that the config names. */
export function withKinds(ports: Outputs, config: Config): Outputs {
  const kindOf = ({ kindFrom }: PortDescriptor): PortKind | undefined =>
    kindFrom === undefined ? undefined : kindIn(config[kindFrom])
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, { ...port, kind: kindOf(port) ?? port.kind }]))
}

/** Do the ports of a type depend on the config of its step? */
export function portsVary({ in: into, out, outFrom }: { in: Outputs; out: Outputs; outFrom?: OutputsFrom | undefined }): boolean {
  return outFrom !== undefined || [into, out].some((side) => Object.values(side).some(({ kindFrom }) => kindFrom !== undefined))
}

function namedItems(list: unknown): { id: string; name: string; kind: PortKind | undefined }[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return []
    const { id, name, kind } = item as { id?: unknown; name?: unknown; kind?: unknown }
    return typeof id === 'string' && id !== ''
      ? [{ id, name: typeof name === 'string' && name !== '' ? name : id, kind: kindIn(kind) }]
      : []
  })
}

/** The ports of a step whose `keep` inputs are led into by lines of this kind: they, and the outputs that keep it, are of it. */
export function portsOfKind<Ports extends { readonly in: Outputs; readonly out: Outputs }>(ports: Ports, kind: PortKind): Ports {
  const turned = (side: Outputs): Outputs =>
    Object.fromEntries(Object.entries(side).map(([name, port]) => [name, port.keep ? { ...port, kind } : port]))
  return { ...ports, in: turned(ports.in), out: turned(ports.out) }
}
