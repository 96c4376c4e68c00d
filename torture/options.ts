import { parseArgs } from 'node:util'

export interface Options {
  /** Only scenarios whose group or name contains it. */
  readonly only: string | null
  /** Tries of each scenario; default what each one says. */
  readonly times: number | null
  readonly people: number
  readonly list: boolean
  /** How many platforms work side by side. */
  readonly parallel: number
}

/** Arguments of `npm run torture`. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      times: { type: 'string' },
      people: { type: 'string', default: '5000' },
      parallel: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
    },
  })
  return {
    only: values.only ?? null,
    times: values.times === undefined ? null : count(values.times),
    people: count(values.people),
    parallel: count(values.parallel),
    list: values.list,
  }
}

function count(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`A number from 1 is meant, not: ${text}`)
}
