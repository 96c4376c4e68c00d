import type { Log } from '#runtime/sdk/index.ts'

/** A log for tests: keeps the messages, prints nothing. */
export function quietLog(): Log & { messages: string[] } {
  const messages: string[] = []
  const keep = (message: string) => void messages.push(message)
  return { messages, debug: keep, info: keep, warn: keep, error: keep }
}
