import type { MessageItem } from '#schemas/message.ts'
import type { MessageState } from '#schemas/states.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { toItems, type ShowDeps, type ShownRun } from '#server/messages/item.ts'
import { STORED_COLUMNS, toFound, type StoredRow } from '#server/messages/stored.ts'

const MOST = 5
const OUT: readonly MessageState[] = ['sent', 'delivered', 'converted', 'unconfirmed']

// Chunks are taken one after the other, so the last people are in a chunk in somebody's hands, else in the last one that was sent.
const text = `
with last as (
  select run_no, node_no, no, seq_from, seq_to from run_chunk where run_no = $1 and sent + unconfirmed > 0 order by (state = 1) desc, attempt desc, seq_to desc limit 1)
select ${STORED_COLUMNS} from last k join messages m
  on m.run_no = $1 and m.run_no = k.run_no and m.node_no = k.node_no and m.seq between k.seq_from and k.seq_to and m.chunk_no = k.no
where m.state = any($2) order by m.sent_at desc nulls last, m.seq desc limit ${MOST}`

/** The last people something was sent to, masked. */
export async function recentMessages(deps: ShowDeps, run: ShownRun): Promise<MessageItem[]> {
  const { rows } = await deps.pool.query<StoredRow>({
    name: 'recent-messages',
    text,
    values: [run.open.runNo, OUT.map(messageStateNumber)],
  })
  return toItems(deps, run, rows.map(toFound))
}
