import { messageId } from '#runtime/run/message-id.ts'
import { MESSAGE_STATES, type MessageState } from '#schemas/states.ts'
import { readAccepted } from '../fake/accepted.ts'
import type { RunRow } from './run-row.ts'

const FINAL: readonly MessageState[] = [
  'sent',
  'delivered',
  'converted',
  'failed',
  'skipped',
  'expired',
  'cancelled',
  'unconfirmed',
  'errored',
]
const ACCEPTED: readonly MessageState[] = ['sent', 'delivered', 'converted']

export interface Verdict {
  readonly recipients: number
  readonly sent: number
  readonly unconfirmed: number
  /** Unconfirmed ones that the fake had accepted. */
  readonly unconfirmedAccepted: number
  readonly failed: number
  /** Messages that the fake accepted more than once, or for a recipient who had one of this run already. */
  readonly duplicates: number
  /** Recipients without a final outcome. */
  readonly lost: number
  /** What is not as it must be, in words; empty: nothing. */
  readonly violations: readonly string[]
}

/** Where the two accounts of a run are read. */
export interface Evidence {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** The fake's own log. */
  readonly logFile: string
}

type Told = Pick<RunRow, 'runNo' | 'total' | 'outcomes' | 'law'>

interface MessageRow {
  readonly node_no: number
  readonly seq: number
  readonly attempt: number
  readonly state: number
}

/**
 * Compares the fake's own log with the rows of a run. `mayBeUnconfirmed`: so many at most. `held`: the run is paused, so who is in an
 * open chunk waits and is not lost, and the law is not judged yet.
 */
export async function judge(
  evidence: Evidence,
  run: Told,
  { mayBeUnconfirmed, held = false }: { mayBeUnconfirmed: number; held?: boolean },
): Promise<Verdict> {
  const rows = await evidence.query<MessageRow>('select node_no, seq, attempt, state from messages where run_no = $1', [
    run.runNo,
  ])
  const states = new Map(
    rows.map((row) => [
      messageId({ runNo: run.runNo, nodeNo: row.node_no, seq: row.seq, attempt: row.attempt }),
      MESSAGE_STATES[row.state] ?? 'pending',
    ]),
  )
  const mine = `m${run.runNo.toString(36)}-`
  const calls = readAccepted(evidence.logFile).filter(({ keys }) => keys[0]?.startsWith(mine))
  const keys = calls.flatMap((call) => call.keys)
  const to = calls.flatMap((call) => call.to)
  const accepted = new Set(keys)
  const count = (wanted: readonly MessageState[]): number => [...states.values()].filter((state) => wanted.includes(state)).length
  const unconfirmed = [...states].filter(([, state]) => state === 'unconfirmed').map(([key]) => key)
  const chosenOut = await chosenOutOf(evidence, run)
  const recipients = (run.total ?? 0) - chosenOut
  const final = new Set(rows.filter((row) => FINAL.includes(MESSAGE_STATES[row.state] ?? 'pending')).map((row) => row.seq))
  const verdict = {
    recipients,
    sent: count(ACCEPTED),
    unconfirmed: unconfirmed.length,
    unconfirmedAccepted: unconfirmed.filter((key) => accepted.has(key)).length,
    failed: count(['failed', 'expired', 'cancelled']),
    duplicates: keys.length - accepted.size + (accepted.size - new Set(to).size),
    lost: recipients - final.size - (held ? await waitingOf(evidence, run) : 0),
  }
  const wrong: string[] = []
  const must = (holds: boolean, words: string): void => void (holds || wrong.push(words))
  must(verdict.duplicates === 0, `${verdict.duplicates} duplicates`)
  must(verdict.lost === 0, `${verdict.lost} lost`)
  must(verdict.unconfirmed <= mayBeUnconfirmed, `${verdict.unconfirmed} unconfirmed, ${mayBeUnconfirmed} at most`)
  const untold = [...accepted].filter(
    (key) => !ACCEPTED.includes(states.get(key) ?? 'pending') && states.get(key) !== 'unconfirmed',
  )
  must(untold.length === 0, `${untold.length} accepted by the provider and neither sent nor unconfirmed`)
  const unsent = [...states].filter(([key, state]) => ACCEPTED.includes(state) && !accepted.has(key))
  must(unsent.length === 0, `${unsent.length} sent by our account, and the provider knows nothing of them`)
  if (held) return { ...verdict, violations: wrong }
  must(run.law?.holds === true, `the law does not hold: ${JSON.stringify(run.law)}`)
  wrong.push(...(await counters(evidence, run)))
  return { ...verdict, violations: wrong }
}

async function chosenOutOf(evidence: Evidence, run: Told): Promise<number> {
  const [row] = await evidence.query<{ chosen_out: number }>('select chosen_out from workflow_run where run_no = $1', [run.runNo])
  return row?.chosen_out ?? 0
}

async function waitingOf(evidence: Evidence, run: Told): Promise<number> {
  const [row] = await evidence.query<{ waiting: number }>(
    `select coalesce(sum(n - sent - failed - unconfirmed - skipped - moved), 0)::int as waiting from run_chunk
     where run_no = $1 and state <> 2 and attempt = 1`,
    [run.runNo],
  )
  return row?.waiting ?? 0
}

/** Counters = rows, chunk by chunk; all chunks closed; n is the sum of its parts; the run's own outcomes are those of the rows. */
async function counters(evidence: Evidence, run: Told): Promise<string[]> {
  const wrong: string[] = []
  const open = await evidence.query('select 1 from run_chunk where run_no = $1 and state <> 2', [run.runNo])
  if (open.length > 0) wrong.push(`${open.length} chunks are open`)
  const broken = await evidence.query(
    `select no from run_chunk where run_no = $1 and state = 2 and n <> sent + failed + unconfirmed + skipped + moved`,
    [run.runNo],
  )
  if (broken.length > 0) wrong.push(`${broken.length} chunks whose n is not the sum of its parts`)
  // A late report moves a message and leaves its chunk's counters, so what a message was first is compared.
  const uncounted = await evidence.query(
    `select k.node_no, k.no from run_chunk k left join messages m on m.run_no = k.run_no and m.node_no = k.node_no and m.chunk_no = k.no
     where k.run_no = $1 group by k.run_no, k.node_no, k.no, k.sent, k.failed, k.unconfirmed, k.skipped, k.moved, k.n
     having count(m.seq) > 0 and count(m.seq) <> k.sent + k.failed + k.unconfirmed + k.skipped + k.moved`,
    [run.runNo],
  )
  if (uncounted.length > 0) wrong.push(`${uncounted.length} chunks with other counters than rows`)
  const rows = await evidence.query<{ sum: number }>('select count(distinct seq)::int as sum from messages where run_no = $1', [
    run.runNo,
  ])
  const told = Object.values(run.outcomes).reduce((sum, n) => sum + n, 0)
  if (told !== (rows[0]?.sum ?? 0)) wrong.push(`outcomes tell of ${told}, rows of ${rows[0]?.sum ?? 0}`)
  return wrong
}
