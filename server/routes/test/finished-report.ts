import type { Run } from '#schemas/run.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'
import { reportWorkflow } from './report-workflow.ts'

/** The application with a report that was sent to so many customers through the sandbox, the first `optedOut` of them left out. */
export async function finishedReport({ people, optedOut = 0 }: { people: number; optedOut?: number }): Promise<{
  server: TestApp
  workflowId: string
  runId: string
  close: () => Promise<void>
}> {
  const server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7, i <= ${optedOut} from generate_series(1, ${people}) i;
    create table reviews (company_id int, rating int)`)
  const worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: reportWorkflow('sandbox') })
  const started = await server.call<{ runId: string }>('POST', `/api/workflows/${made.body.id}/execute`, { body: {} })
  const { runId } = started.body
  while ((await server.call<Run>('GET', `/api/runs/${runId}`)).body.state !== 'completed')
    await new Promise((resolve) => setTimeout(resolve, 100))
  const close = async (): Promise<void> => {
    await worker.stop()
    await server.close()
  }
  return { server, workflowId: made.body.id, runId, close }
}
