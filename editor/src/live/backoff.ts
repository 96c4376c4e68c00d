/** Wait before try n (0 the first), in ms: doubling from half a second to 15 s, with up to a third of jitter so that many tabs do not come at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10))
  return Math.round(full * (1 - random() / 3))
}
