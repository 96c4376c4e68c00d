import { join } from 'node:path'
import type { Log } from '#runtime/sdk/index.ts'
import type { Config } from '#server/config.ts'
import type { Databases } from './databases.ts'
import type { Shutdown } from './shutdown.ts'
import { longestStopMs, superviseWorker, type SupervisedWorker } from './worker-child.ts'

type Workers = Pick<SupervisedWorker, 'state' | 'renew'>

/** Keeps as many worker processes alive as the settings say; they end with the shutdown, all at the same time. */
export function startWorkerChildren(
  given: {
    config: Pick<Config, 'workers' | 'workerLanes' | 'lateAfterHours' | 'dataDir'>
    databases: Databases
    secretKey: Buffer
  },
  { log, shutdown }: { log: Log; shutdown: Shutdown },
): Workers {
  const { config, databases, secretKey } = given
  const start = {
    type: 'start',
    databaseUrl: databases.url,
    secretKeyHex: secretKey.toString('hex'),
    sampleUrl: databases.sampleUrl,
    lanes: config.workerLanes,
    lateAfterMs: config.lateAfterHours * 3_600_000,
  } as const
  const compileCache = join(config.dataDir, 'compiled')
  const workers = Array.from({ length: config.workers }, () => superviseWorker({ start, log, compileCache }))
  const stop = async (): Promise<void> => void (await Promise.all(workers.map((worker) => worker.stop())))
  shutdown.opened(workers.length > 1 ? 'The workers' : 'The worker', stop, longestStopMs)
  return {
    state: () => stateOfAll(workers.map((worker) => worker.state())),
    async renew(leaveOut) {
      // One after the other: the rest goes on sending meanwhile.
      for (const worker of workers) await worker.renew(leaveOut)
    },
  }
}

/** One that works is enough: the others are being started again. */
export function stateOfAll(states: readonly ReturnType<SupervisedWorker['state']>[]): ReturnType<SupervisedWorker['state']> {
  if (states.includes('ok')) return 'ok'
  return states.includes('starting') ? 'starting' : 'down'
}
