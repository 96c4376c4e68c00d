import { readFileSync } from 'node:fs'

export interface CorpusCase {
  readonly title: string
  readonly sql: string
}

const counted = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => from + i).join(', ')

/**
 * Statements of a file beside this one. Cases are parted by a line of `====`; the first line says what it is. In a statement `{U+0001}` is that
 * character, `{1..3}` is `1, 2, 3`, and `{NAME}` what is given for it.
 */
export function readCorpus(file: string, names: Readonly<Record<string, string>> = {}): CorpusCase[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text.split(/^====\n/m).map((block) => {
    const at = block.indexOf('\n')
    const sql = block
      .slice(at + 1)
      .trimEnd()
      .replaceAll(/\{U\+([0-9A-F]{4})\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
      .replaceAll(/\{(\d+)\.\.(\d+)\}/g, (_, from: string, to: string) => counted(Number(from), Number(to)))
      .replaceAll(/\{([A-Z]+)\}/g, (all, name: string) => names[name] ?? all)
    return { title: block.slice(0, at), sql }
  })
}
