import { AppError } from '#runtime/sdk/app-error.ts'

/** A compiled text: literals around holes, `literals.length === holes.length + 1`. Both hole forms fill from the same variables. */
export interface Template {
  readonly literals: readonly string[]
  /** Names of the variables, trimmed and NFC, one per hole, in order. */
  readonly holes: readonly string[]
}

const OPENERS = [
  { open: '#{', close: '}' },
  { open: '{{', close: '}}' },
] as const

/** Names are compared NFC and without outer spaces: macOS writes 한글 decomposed, and people type spaces. */
export function variableName(raw: string): string {
  return raw.normalize('NFC').trim()
}

/** Line and column, from 1, of an index in a text. */
export function positionAt(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 }
}

function nextHole(text: string, from: number): { at: number; open: string; close: string } | null {
  let best: { at: number; open: string; close: string } | null = null
  for (const { open, close } of OPENERS) {
    const at = text.indexOf(open, from)
    if (at >= 0 && (best === null || at < best.at)) best = { at, open, close }
  }
  return best
}

function broken(text: string, at: number, detail: string): AppError {
  return new AppError('template-broken', { detail }, { position: positionAt(text, at) })
}

/**
 * Compiles a text with `#{name}` (Kakao) and `{{name}}` holes. Everything else stays byte for byte as it was written.
 * @throws AppError `template-broken` with a position: a hole that is not closed, or without a name
 */
export function compileTemplate(text: string): Template {
  const literals: string[] = []
  const holes: string[] = []
  let from = 0
  for (let hole = nextHole(text, 0); hole; hole = nextHole(text, from)) {
    const start = hole.at + hole.open.length
    const end = text.indexOf(hole.close, start)
    const name = end < 0 ? '' : text.slice(start, end)
    if (end < 0 || name.includes('\n')) throw broken(text, hole.at, `${hole.open}… ${hole.close}`)
    if (variableName(name) === '') throw broken(text, hole.at, `${hole.open}${hole.close}`)
    literals.push(text.slice(from, hole.at))
    holes.push(variableName(name))
    from = end + hole.close.length
  }
  literals.push(text.slice(from))
  return { literals, holes }
}

/** The variables of a text, each once, in order of first use. @throws AppError `template-broken` */
export function variablesOf(text: string): string[] {
  return [...new Set(compileTemplate(text).holes)]
}

/**
 * Fills the holes. Values are data: `$&`, `#{x}` or `{{x}}` inside a value come out as they are. A variable without value leaves its
 * hole visible as `#{name}`, which only a preview may show.
 */
export function render(template: Template, variables: Readonly<Record<string, string>>): string {
  let text = template.literals[0] ?? ''
  for (let i = 0; i < template.holes.length; i++) {
    const name = template.holes[i] ?? ''
    // A variable may be called `constructor`: what objects inherit is never a string.
    const value: unknown = variables[name]
    text += (typeof value === 'string' ? value : `#{${name}}`) + (template.literals[i + 1] ?? '')
  }
  return text
}

/** Is some of the Hangul of a text decomposed (NFD), as macOS file names and some clipboards have it? */
export function isDecomposed(text: string): boolean {
  return text.normalize('NFC') !== text
}
