import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Spread } from './stats.ts'

/** One line of the table, and one object of bench/results.json. */
export interface Line {
  readonly job: string
  /** What is compared: `messages/s`, `MB`, `ms` … */
  readonly unit: string
  readonly ours: number
  /** Null: the script has nothing like it. */
  readonly baseline: number | null
  /** Ours ÷ baseline of each pair; null: there is none. */
  readonly ratio: Spread | null
  /** Baseline's CPU time a message ÷ ours: steadier than rates on a busy machine. */
  readonly cpuRatio?: Spread
  /** Peak resident memory of our worker process, MB. */
  readonly rssMb?: number
  readonly baselineRssMb?: number
  /** What issue 9 asks for, as text, and whether it was reached. */
  readonly bar: string
  readonly reached: boolean
  readonly facts?: Readonly<Record<string, unknown>>
}

/** A line as bench/results.json keeps it: with the moment and the machine it was measured on, for jobs are measured one by one as well. */
type Kept = Line & { readonly at: string; readonly machine: object }

/** Prints the table and writes bench/results.json: lines of other jobs stay as they were measured. */
export function report(lines: readonly Line[], machine: object): void {
  console.log(`\n${table(lines)}`)
  const file = join(import.meta.dirname, 'results.json')
  const at = new Date().toISOString()
  const results = mergeLines(
    readLines(file),
    lines.map((line) => ({ at, machine, ...line })),
  )
  writeFileSync(file, `${JSON.stringify({ results }, null, 2)}\n`)
}

/** Lines by job: new ones in the place of old ones, the others behind. */
export function mergeLines<One extends { job: string; unit: string }>(old: readonly One[], fresh: readonly One[]): One[] {
  const name = ({ job, unit }: One): string => `${job} ${unit}`
  const measured = new Set(fresh.map(name))
  return [...fresh, ...old.filter((line) => !measured.has(name(line)))]
}

function readLines(file: string): Kept[] {
  if (!existsSync(file)) return []
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results?: Kept[] } // our own file
  return results?.filter((line) => typeof line.at === 'string') ?? []
}

function table(lines: readonly Line[]): string {
  const head = ['job', 'ours', 'baseline', 'ratio (spread)', 'CPU ratio', 'RSS MB', 'bar', '']
  const rows = lines.map((line) => [
    line.job,
    `${figure(line.ours)} ${line.unit}`,
    line.baseline === null ? '' : figure(line.baseline),
    line.ratio ? spreadOf(line.ratio) : '',
    line.cpuRatio ? line.cpuRatio.median.toFixed(2) : '',
    line.rssMb === undefined ? '' : `${line.rssMb}${line.baselineRssMb === undefined ? '' : ` / ${line.baselineRssMb}`}`,
    line.bar,
    line.reached ? 'reached' : 'MISSED',
  ])
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const text = (row: readonly string[]): string => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [text(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(text)].join('\n')
}

function spreadOf({ median, least, most }: Spread): string {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
}

function figure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100)
}
