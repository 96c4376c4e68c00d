import type { Log } from '#runtime/sdk/index.ts'

const nothing = (): void => undefined
/** What the databases of the torture say of themselves is in their own log files. */
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
