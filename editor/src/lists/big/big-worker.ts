import { UnreadableFile } from '../unreadable-file.ts'
import { openBig, sampleOf, type BigFile } from './open-big.ts'
import { portionsOf, type Portion } from './portions.ts'
import type { FromWorker, ToWorker } from './worker-talk.ts'

// Reads a file off the page's own thread. It holds the portion that was asked for, and no other.

let file: BigFile | null = null
let portions: AsyncIterator<Portion> | null = null

async function answer(question: ToWorker): Promise<FromWorker> {
  if (question.ask === 'open') {
    file = await openBig(question.file, question.sheet)
    const { sheets, sheet } = file
    return { answer: 'opened', rows: await sampleOf(file), sheets, sheet }
  }
  if (question.ask === 'read' && file) portions = portionsOf(file, question.plan)[Symbol.asyncIterator]()
  const next = await portions?.next()
  return !next || next.done ? { answer: 'end' } : { answer: 'portion', portion: next.value }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  answer(data).then(
    (said) => self.postMessage(said),
    (error: unknown) => {
      const reason = error instanceof UnreadableFile ? error.reason : null
      self.postMessage({ answer: 'failed', reason, message: String(error) } satisfies FromWorker)
    },
  )
})
