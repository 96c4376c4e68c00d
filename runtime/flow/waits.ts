import { isMessage } from '#runtime/flow/message.ts'
import {
  AppError,
  type FailedRow,
  type Message,
  type NodeContext,
  type NodeType,
  type OpenNode,
  type Row,
} from '#runtime/sdk/index.ts'

/**
 * Hidden column of a row that waited: until when, an instant. It rides on through all that follows: the time of its messages counts from
 * then, a second wait begins then, and a preview says so.
 */
export const WAITED_UNTIL = '?waited_until'

/** The output at which those leave who have waited: the first one of a step that lets wait. */
export function waitPort(type: Pick<NodeType, 'wait' | 'ports'>): string | null {
  return type.wait ? (Object.keys(type.ports.out)[0] ?? null) : null
}

/** When a row's last wait ends, ms since 1970; null: it did not wait. */
export function waitedUntil(row: Row): number | null {
  const value = row[WAITED_UNTIL]
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) ? at : null
}

/**
 * A step that lets wait, as the flow runs it: each row gets the moment until which it waits, and keeps its text where it has one. Whoever
 * takes what leaves sees to it that nobody goes on before that.
 */
export function openWait(type: NodeType, config: never, context: NodeContext): OpenNode {
  const decide = type.wait?.(config, context)
  const port = waitPort(type)
  if (!decide || port === null) throw new Error(`The node type "${type.type}" lets nobody wait`)
  return {
    process(batch) {
      const now = context.clock.now().getTime()
      const ways: Record<string, (Row | Message)[]> = { [port]: [] }
      const failed: FailedRow[] = []
      for (const item of batch as readonly (Row | Message)[]) {
        const row = isMessage(item) ? item.row : item
        // Where nothing really waits (a preview), the wait before this one is not over yet: this one begins at its end.
        const answer = decide(row, Math.max(now, waitedUntil(row) ?? now))
        if (answer instanceof AppError) failed.push({ row, error: answer })
        else if ('port' in answer) (ways[answer.port] ??= []).push(item)
        else ways[port]?.push(withTime(item, answer.until))
      }
      return Object.assign(ways, { failed })
    },
  }
}

function withTime(item: Row | Message, until: number): Row | Message {
  const time = { [WAITED_UNTIL]: new Date(until).toISOString() }
  return isMessage(item) ? { ...item, row: { ...item.row, ...time } } : { ...item, ...time }
}
