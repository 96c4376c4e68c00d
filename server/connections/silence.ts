import { AppError } from '#runtime/sdk/index.ts'

/** A statement may think for a long time before its first row … */
const FIRST_MS = 1_800_000
/** … but once rows come, a pause like this means that nobody is there any more: a network that swallows, a machine that froze. */
const SILENCE_MS = 300_000
/** Looks so many times within the longest silence. */
const LOOKS = 5

/**
 * Watches a stream of rows whose connection stays open and says nothing, which no time-out of the server can notice. `onSilent` gets
 * `source-silent`, once.
 * @param rows how many have come so far; null: nobody waits for the database now
 * @param silenceMs longest silence, for tests; default 5 min, 30 min before the first row
 * @returns ends the watch
 */
export function watchSilence(rows: () => number | null, onSilent: (error: AppError) => void, silenceMs?: number): () => void {
  const longest = (came: number): number => silenceMs ?? (came === 0 ? FIRST_MS : SILENCE_MS)
  let last: number | null = null
  let since = performance.now()
  const timer = setInterval(
    () => {
      const came = rows()
      if (came === null || came !== last) {
        last = came
        since = performance.now()
        return
      }
      const silent = performance.now() - since
      if (silent < longest(came)) return
      clearInterval(timer)
      onSilent(new AppError('source-silent', { rows: came, seconds: Math.round(silent / 1000) }))
    },
    (silenceMs ?? SILENCE_MS) / LOOKS,
  )
  timer.unref()
  return () => clearInterval(timer)
}
