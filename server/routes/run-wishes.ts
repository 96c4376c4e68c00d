import type { PoolClient } from 'pg'
import Type from 'typebox'
import { RepeatResult, ResendInput, ResendResult, RunResolveInput } from '#schemas/api/runs.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'
import { resendRun, resolveMessages, type AgainDeps } from '#server/runs/again.ts'
import { wakeRun } from '#server/runs/control.ts'
import { repeatRun, type RepeatDeps } from '#server/runs/repeat.ts'
import { readRunRow } from '#server/runs/run-row.ts'
import { answeredBefore, idempotencyKey, oncePerKey } from '#server/workflows/once-per-key.ts'

const Params = Type.Object({ id: Type.String() })
/** Checked by `idempotencyKey`; here so that the docs name it. */
const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'The same key within 24 hours does it once' })),
})
const tags = ['runs']

interface Keyed {
  readonly workspaceId: string
  readonly scope: string
  readonly header: string | string[] | undefined
  readonly body: unknown
}

/** Does a thing once where the request has a key; else each call is a wish of its own. */
async function keyed<T>(
  deps: AgainDeps,
  { workspaceId, scope, header, body }: Keyed,
  work: (client: PoolClient | null) => Promise<T>,
): Promise<T> {
  const key = idempotencyKey(header)
  if (key === null) return work(null)
  const request = { workspaceId, scope, key, body }
  const before = await answeredBefore(deps.runs.pool, request)
  // Remembered by this very call.
  if (before) return before as T
  return oncePerKey(deps.runs.pool, request, work)
}

/** What a person wishes of a run in which something was sent: send again, resolve, repeat. */
export function runWishRoutes(app: App, { again, repeat }: { again: AgainDeps; repeat: RepeatDeps }): void {
  const { pool } = again.runs
  const callOf = (request: { workspaceId: string; actor: string; params: { id: string } }) => ({
    workspaceId: request.workspaceId,
    runId: request.params.id,
    actor: request.actor,
  })
  app.post(
    '/api/runs/:id/resend',
    {
      schema: {
        tags,
        summary: 'Send the same texts once more to those who did not get theirs',
        params: Params,
        headers: IdempotencyHeader,
        body: ResendInput,
        response: { 200: ResendResult },
      },
    },
    async (request) => {
      const call = callOf(request)
      const row = await readRunRow(pool, call)
      const { body: wish } = request
      const scope = `resend:${call.runId}`
      const header = request.headers['idempotency-key']
      const result = await keyed(again, { workspaceId: call.workspaceId, scope, header, body: wish }, (client) =>
        resendRun(again, call, { wish, client }),
      )
      // After the commit, whoever's it was; where nothing waits, it changes nothing.
      await wakeRun(again.runs, { runId: call.runId, runNo: Number(row.run_no) })
      return result
    },
  )
  app.post(
    '/api/runs/:id/resolve',
    {
      schema: {
        tags,
        summary: 'Say what became of all messages that could not be confirmed; sending again may reach someone twice',
        params: Params,
        body: RunResolveInput,
        response: { 200: ResendResult },
      },
    },
    async (request) => {
      const call = callOf(request)
      const { id } = await readRunRow(pool, call)
      const { as, node } = request.body
      const nodeNo = node === undefined ? undefined : (await again.known.get(id))?.plan.nodes[node]?.no
      if (node !== undefined && nodeNo === undefined) throw new AppError('not-found', { what: 'node' })
      return resolveMessages(again, call, { as, which: { nodeNo } })
    },
  )
  app.post(
    '/api/runs/:id/repeat',
    {
      schema: {
        tags,
        summary: 'Start a new run of the very version that this run had',
        params: Params,
        headers: IdempotencyHeader,
        response: { 202: RepeatResult },
      },
    },
    async (request, reply) => {
      const call = callOf(request)
      const row = await readRunRow(pool, call)
      const scope = `repeat:${call.runId}`
      const header = request.headers['idempotency-key']
      const started = await keyed(again, { workspaceId: call.workspaceId, scope, header, body: null }, (client) =>
        repeatRun(repeat, { row, call, client }),
      )
      return reply.status(202).send(started)
    },
  )
}
