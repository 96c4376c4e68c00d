// Loaded before the worker (NODE_OPTIONS=--import): the clock of this process jumps to where the file says, in ms, as a machine's clock
// that somebody set. Only what people call time moves; the monotonic clock does not, as in reality.
import { readFileSync } from 'node:fs'

const file = process.env['ALIMFLOW_TORTURE_CLOCK'] ?? ''
const RealDate = Date
let shift = 0
const look = (): void => {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    shift = 0 // no jump now
  }
}
look()
setInterval(look, 20).unref()

class ShiftedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + shift)
    else super(...(given as [number]))
  }

  static override now(): number {
    return RealDate.now() + shift
  }
}
globalThis.Date = ShiftedDate as DateConstructor
