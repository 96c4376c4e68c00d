import type { StoredError } from '#runtime/sdk/index.ts'
import type { SendLedger } from '#runtime/run/ledger.ts'
import { beginCall, callsOf } from './calls.ts'
import { erasedSince } from './erased.ts'
import { freezeAnswers } from './freeze.ts'
import { giveChunkBack } from './give-back.ts'
import { handForward } from './hand-forward.ts'
import type { SendRun } from './ledger-run.ts'
import { pauseRun } from './pause.ts'
import { recordSlice } from './record.ts'
import { reshapeChunks } from './reshape.ts'
import { takeChunk } from './take.ts'

/** The tables as lanes of one run use them. `windowMs`: how long a claimed slice is a lane's. */
export function createSendLedger(run: SendRun, windowMs: number): SendLedger {
  return {
    take: (options) => takeChunk(run, options),
    freeze: (chunk, options) => freezeAnswers(run, chunk, options),
    begin: (chunk, call) => beginCall(run, chunk, call),
    calls: (chunk, from) => callsOf(run, chunk, from),
    handForward: (chunk, known) => handForward(run, chunk, known),
    record: (chunk, record) => recordSlice(run, chunk, { record, windowMs }),
    giveBack: (chunk, options) => giveChunkBack(run, chunk, options),
    reshape: (taken, made) => reshapeChunks(run, taken, made),
    pause: (reason: StoredError) => pauseRun(run, reason),
    erased: erasedSince(run),
    hash: run.hash,
  }
}
