/** Gives out names that nobody has yet: `reviews`, `reviews_2`. */
export class FreeNames {
  readonly #taken = new Set<string>()

  take(wanted: string): string {
    // The rules of both databases and of `:names`: letters of any script, digits, underscores.
    const plain = wanted
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
      .replace(/^(?=\p{N})/u, '_')
      .slice(0, 40)
    const base = plain === '' ? '_' : plain
    let name = base
    // Aliases are compared without case by some servers.
    for (let i = 2; this.#taken.has(name.toLowerCase()); i++) name = `${base}_${i}`
    this.#taken.add(name.toLowerCase())
    return name
  }
}
