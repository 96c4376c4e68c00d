/**
 * The database's clock (ms since 1970), carried on by the monotonic one: what is compared with times that the database wrote must not depend
 * on how this machine's clock is set. `at`: the database's time, answered just now. While the machine sleeps it stands; nothing is called by
 * it afterwards (sleep-watch.ts).
 */
export function databaseClock(at: number, monotonic: () => number = () => performance.now()): () => number {
  const ahead = at - monotonic()
  return () => monotonic() + ahead
}
