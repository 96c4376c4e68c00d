import Type from 'typebox'
import { FlowTestInput, FlowTestResult } from '#schemas/api/flow-tests.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { runFlowTest } from '#runtime/flow-test/run-flow-test.ts'
import type { App } from '#server/http.ts'
import type { WorkflowService } from '#server/workflows/service.ts'

/** Flow tests of a workflow, as `alimflow test` runs them: nothing is sent, and nothing outside is asked. */
export function flowTestRoutes(app: App, { service }: { service: WorkflowService }): void {
  app.post(
    '/api/workflows/:id/flow-tests',
    {
      schema: {
        tags: ['workflows'],
        summary: 'Run a file of flow tests; asks no source and sends nothing',
        params: Type.Object({ id: Type.String() }),
        body: FlowTestInput,
        response: { 200: FlowTestResult },
      },
    },
    async ({ body, gone, params, workspaceId }) => {
      const { host, registry } = await service.checkDeps(workspaceId, gone)
      // A draft was checked against the schema before it was stored.
      const saved = (await service.store.read({ workspaceId, id: params.id })).document as WorkflowDocument
      const cases: FlowTestResult['cases'] = []
      for (const test of body.file.tests) {
        const lines = await runFlowTest(body.document ?? saved, test, { registry, inner: host.inner })
        cases.push({ name: test.name, ok: lines.length === 0, lines })
      }
      return { ok: cases.every(({ ok }) => ok), cases }
    },
  )
}
