import { AppError, type Log } from '#runtime/sdk/index.ts'

/** Which node an error came out of; a side table, because an AppError is stored and sent without it. */
const origins = new WeakMap<AppError, string>()

/** The node that an error of a flow came out of, where it came out of one. */
export function nodeOfError(error: unknown): string | null {
  return error instanceof AppError ? (origins.get(error) ?? null) : null
}

/** Notes where an error came from and gives it back. The first note stays: it is the nearest to the cause. */
export function fromNode(nodeId: string, error: AppError): AppError {
  if (!origins.has(error)) origins.set(error, nodeId)
  return error
}

/**
 * What a node threw, as an AppError: one passes as it is, a throw after the signal fired is `cancelled`, anything else is a bug of the
 * node: `internal`, with the cause, written to the log under the name that the error's text gives.
 */
export function caught(nodeId: string, error: unknown, context: { readonly log: Log; readonly signal: AbortSignal }): AppError {
  if (error instanceof AppError) return fromNode(nodeId, error)
  if (context.signal.aborted) return fromNode(nodeId, new AppError('cancelled', {}, { cause: error }))
  const requestId = `step ${nodeId}`
  context.log.error('A node threw something that is not an AppError', {
    requestId,
    nodeId,
    error: error instanceof Error ? error.stack : String(error),
  })
  return fromNode(nodeId, new AppError('internal', { requestId }, { cause: error }))
}
