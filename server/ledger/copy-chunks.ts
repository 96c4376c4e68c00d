import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])

/** One chunk as the spool writes it: ready, first attempt. */
export interface SpooledChunk {
  readonly nodeNo: number
  readonly no: number
  readonly n: number
  readonly seqFrom: number
  readonly seqTo: number
  readonly rows: Buffer
}

/** A stream of chunks into run_chunk, inside the client's transaction. `add` waits when the database is slower than the source. */
export function openChunkCopy(
  client: PoolClient,
  runNo: number,
): { add(chunk: SpooledChunk): Promise<void>; end(): Promise<void> } {
  const stream = client.query(
    copyFrom('copy run_chunk (run_no, node_no, no, n, seq_from, seq_to, rows) from stdin (format binary)'),
  )
  // A failing COPY is reported where somebody waits: at the next add, or at the end.
  let failure: unknown = null
  stream.on('error', (error: unknown) => (failure ??= error))
  const write = async (bytes: Buffer): Promise<void> => {
    if (failure) throw failure
    if (!stream.write(bytes)) await drained(stream)
  }
  let begun = false
  return {
    async add(chunk) {
      await write(begun ? tuple(runNo, chunk) : Buffer.concat([HEADER, tuple(runNo, chunk)]))
      begun = true
    },
    async end() {
      await write(begun ? TRAILER : Buffer.concat([HEADER, TRAILER]))
      const finished = once(stream, 'finish')
      stream.end()
      await finished
      if (failure) throw failure
    },
  }
}

/** Room again, or the end of the stream; both ears are taken away, for a spool waits thousands of times. */
async function drained(stream: Writable): Promise<void> {
  const heard = new AbortController()
  const { signal } = heard
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).finally(() => heard.abort())
}

function tuple(runNo: number, chunk: SpooledChunk): Buffer {
  const head = Buffer.alloc(2 + 12 + 6 + 8 + 8 + 8 + 8 + 4)
  let at = head.writeInt16BE(7, 0)
  at = head.writeInt32BE(8, at)
  at = head.writeBigInt64BE(BigInt(runNo), at)
  at = head.writeInt32BE(2, at)
  at = head.writeInt16BE(chunk.nodeNo, at)
  for (const value of [chunk.no, chunk.n, chunk.seqFrom, chunk.seqTo]) {
    at = head.writeInt32BE(4, at)
    at = head.writeInt32BE(value, at)
  }
  head.writeInt32BE(chunk.rows.length, at)
  return Buffer.concat([head, chunk.rows])
}
