import type { MessageState } from '#schemas/states.ts'
import type { StoredError } from '#runtime/sdk/index.ts'
import type { Value } from '#runtime/sdk/index.ts'
import type { ChunkRows } from './chunk.ts'

/** Hashes of normalised addresses (kind phone, email, token), each a 52-bit number; null stays null. */
export type HashAddresses = (kind: string, addresses: readonly (string | null)[]) => (number | null)[]

/** Answers of one asking node for the rows of a chunk, in row order: what it added, or why it failed. */
export interface NodeAnswers {
  readonly names: readonly string[]
  readonly columns: readonly (readonly Value[])[]
  /** By place in the chunk. */
  readonly failed: readonly (readonly [place: number, error: StoredError])[]
}
/** Frozen answers by node id. */
export type Answers = Readonly<Record<string, NodeAnswers>>

/** A chunk in our hands. Every later write names its epoch; when somebody else took it meanwhile, the write changes nothing. */
export interface TakenChunk {
  readonly nodeNo: number
  readonly no: number
  readonly attempt: number
  readonly kind: number
  readonly n: number
  readonly epoch: number
  /** Rows [0, recorded) have their answer. */
  readonly recorded: number
  /** Rows [recorded, from) were claimed by somebody before us: in doubt. */
  readonly from: number
  /** Rows [from, claimed) are ours to send. */
  readonly claimed: number
  /** What is known of the one who claimed the rows in doubt. */
  readonly doubt: 'none' | 'dead' | 'asleep'
  /** `performance.now()` at which our right to call ends. */
  readonly deadline: number
  /**
   * From when the time of the run's messages counts by a person's word, ms since 1970; null: no such word. It does not change while a chunk
   * of the run is in anybody's hands.
   */
  readonly timedFrom: number | null
  readonly rows: ChunkRows
  readonly answers: Answers | null
}

/** What became of rows [from, to) of a chunk: parallel arrays, one element a row. */
export interface RowResults {
  readonly states: readonly MessageState[]
  readonly hashes: readonly (number | null)[]
  readonly providerIds: readonly (string | null)[]
  readonly errorCodes: readonly (string | null)[]
  /** KRW, where the provider's price is known. */
  readonly costs: readonly (number | null)[]
  /** Rows that go on in a new chunk: counted as moved, whatever their message's state. */
  readonly moved: readonly boolean[]
}

/** Rows that wait at a port: a retry, a fallback, or what a reshaping stage made. */
export interface NewChunk {
  readonly nodeNo: number
  readonly attempt: number
  readonly rows: ChunkRows
  readonly answers: Answers | null
  readonly readyInMs: number
  /** Held: nobody takes it before the run is resumed. */
  readonly held: boolean
  /** 2: sent again by a person's wish; 2 + k: the k-th retry of that; else 0. */
  readonly kind?: number
}

/** The proof of a call: what was said, and where its reports come from. */
export interface CallFact {
  readonly handle: string | null
  readonly accepted: number
  readonly bodyHash: Uint8Array
  /** Null: no reports can be asked for. */
  readonly pollInMs: number | null
  readonly closesInMs: number | null
}

/** A call, and under which number it is kept beside its chunk (call-row.ts). */
export interface KeptCall extends CallFact {
  readonly from: number
}

/** Rows in or out of a node's port (runtime/run/ports.ts). */
export interface NodeCount {
  readonly nodeNo: number
  readonly port: number
  readonly rows: number
}
/** What the queries of a node cost. */
export interface ReadCost {
  readonly nodeNo: number
  readonly statements: number
  readonly databaseMs: number
  /** Parameter sets for which more than one row came back. */
  readonly ambiguous: number
}

export interface SliceRecord {
  readonly from: number
  readonly to: number
  readonly results: RowResults
  /** Rows [to, next) are claimed in the same commit; `next` = `to`: none. */
  readonly next: number
  readonly chunks: readonly NewChunk[]
  /** Kept under `from`. */
  readonly call: CallFact | null
  /** What is known of several calls that carried these rows. */
  readonly calls?: readonly KeptCall[]
  /** Written when the chunk ends, so that a chunk that is worked through twice is counted once. */
  readonly counts: readonly NodeCount[]
  readonly reads: readonly ReadCost[]
}

/** `fenced`: somebody else has the chunk, nothing was written. `stop`: written, but nothing more may be sent. */
export type RecordAnswer = 'recorded' | 'stop' | 'fenced'

export interface TakeOptions {
  readonly nodeNo: number
  /** Rows one call carries; 0: claim nothing yet (answers must be frozen first). */
  readonly slice: number
  /** How long the chunk is ours, ms. */
  readonly windowMs: number
  /** Take what is left of a cancelled run, held chunks included. */
  readonly closing: boolean
  /** Only events that came in before this moment, ms since 1970. */
  readonly cameBefore?: number
}

/** What a lane needs of the tables. Each verb is one statement and one commit; none is open during a call. */
export interface SendLedger {
  /** The next chunk of a node; null: none is ready, or the run may not send. */
  take(options: TakeOptions): Promise<TakenChunk | null>
  /** Commits the answers and the first claim together. Null: fenced out. */
  freeze(chunk: TakenChunk, options: { answers: Answers | null; claim: number; windowMs: number }): Promise<TakenChunk | null>
  /** Commits the provider's own handle before the call. False: fenced out, do not call. */
  begin(chunk: TakenChunk, call: { from: number; handle: string }): Promise<boolean>
  /** Handles of calls that were begun for the rows from `from` on; `row`: see call-row.ts. */
  calls(chunk: TakenChunk, from: number): Promise<readonly { row: number; handle: string | null }[]>
  record(chunk: TakenChunk, record: SliceRecord): Promise<RecordAnswer>
  /** Who was fenced out hands on what it knows: messages that are sent, where others could only say unconfirmed. How many that were. */
  handForward(chunk: TakenChunk, known: Pick<SliceRecord, 'from' | 'results'>): Promise<number>
  /** Hands a chunk back: rows beyond `claimed` were certainly not sent; those before it that have no row stay in doubt. */
  giveBack(chunk: TakenChunk, options: { claimed: number; readyInMs: number; doubt: TakenChunk['doubt'] }): Promise<void>
  /** A row stage's chunks are closed and what they became is inserted, in one transaction. False: fenced out of one of them. */
  reshape(taken: readonly TakenChunk[], made: Reshaped): Promise<boolean>
  /** Stops the run for a person to mend something. Open chunks are held. */
  pause(reason: StoredError): Promise<void>
  /** Hashes of people whose erasure was asked for since the run began: they get nothing more of it. May be some seconds old. */
  erased(): Promise<ReadonlySet<number>>
  /** 52-bit keyed hashes of normalised addresses, for a whole chunk at once; null stays null. */
  readonly hash: HashAddresses
}

/** What a row stage made of some chunks. */
export interface Reshaped {
  readonly chunks: readonly NewChunk[]
  readonly leftOut: readonly LeftOut[]
  /** Rows that no port chose: no recipients any more. */
  readonly chosenOut: number
  readonly counts: readonly NodeCount[]
  readonly reads: readonly ReadCost[]
}

/** People taken out by exclusion at one node: a closed chunk with a message row each. */
export interface LeftOut {
  readonly nodeNo: number
  readonly attempt: number
  readonly rows: ChunkRows
  readonly states: readonly ('skipped' | 'failed')[]
  readonly errorCodes: readonly string[]
  readonly hashes: readonly (number | null)[]
}

/** What the spool writes. Nothing of it is taken by anybody before `complete`. */
export interface SpoolLedger {
  /** Makes the run `preparing` and removes what a dead worker left. False: the run may not start (cancelled, over). */
  begin(): Promise<boolean>
  /** False: the run was cancelled meanwhile, stop reading. */
  chunk(chunk: { nodeNo: number; rows: ChunkRows }): Promise<boolean>
  leftOut(people: LeftOut): Promise<void>
  /** The audience is complete: one commit makes it visible. False: cancelled meanwhile. */
  complete(facts: { total: number; counts: readonly NodeCount[]; reads: readonly ReadCost[] }): Promise<boolean>
  /** The audience is not complete: nothing stays. */
  abandon(): Promise<void>
  readonly hash: HashAddresses
}
