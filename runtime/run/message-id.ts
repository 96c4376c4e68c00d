/** What names one attempt of one message. */
export interface MessageKey {
  readonly runNo: number
  readonly nodeNo: number
  readonly seq: number
  readonly attempt: number
}

/** A message's public id, computed and never stored: run, node, number and attempt in base 36. Also the key that providers carry. */
export function messageId(key: MessageKey): string {
  return `m${key.runNo.toString(36)}-${key.nodeNo.toString(36)}-${key.seq.toString(36)}-${key.attempt.toString(36)}`
}

/** Reads a public id; null: it is none. */
export function parseMessageId(id: string): MessageKey | null {
  const match = /^m([0-9a-z]{1,11})-([0-9a-z]{1,4})-([0-9a-z]{1,7})-([0-9a-z]{1,4})$/.exec(id)
  if (!match) return null
  const [runNo, nodeNo, seq, attempt] = match.slice(1).map((part) => Number.parseInt(part, 36))
  if (runNo === undefined || nodeNo === undefined || seq === undefined || attempt === undefined) return null
  return Number.isSafeInteger(runNo) && nodeNo < 32_768 && seq < 2 ** 31 && attempt < 32_768
    ? { runNo, nodeNo, seq, attempt }
    : null
}
