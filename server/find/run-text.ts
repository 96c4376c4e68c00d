/** What somebody typed to get to a run: `#128`, `리뷰 128`, `리뷰#128`. `name` is empty where any workflow is meant. */
export interface RunText {
  readonly name: string
  readonly number: number
}

/** Null: no number of a run stands at its end. */
export function readRunText(text: string): RunText | null {
  const found = /^(?:(?<name>.*[^\d#\s])\s*)?#?\s*(?<number>\d{1,9})$/u.exec(text.normalize('NFKC').trim())
  const { name = '', number = '' } = found?.groups ?? {}
  return found ? { name: name.trim(), number: Number(number) } : null
}
