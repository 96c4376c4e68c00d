/** The named parts of an address's `?…` as texts; anything else in it is dropped, so that a foreign link cannot break a screen. */
export function readText<const Name extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { [K in Name]?: string } {
  const found: { [K in Name]?: string } = {}
  for (const name of names) {
    const value = search[name]
    // The router reads `?address=01012345678` as a number.
    if (typeof value === 'string' && value !== '') found[name] = value
    if (typeof value === 'number') found[name] = String(value)
  }
  return found
}
