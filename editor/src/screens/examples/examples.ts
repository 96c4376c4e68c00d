import type { WorkflowDocument } from '#schemas/workflow.ts'

/** The workflows that come with the product (examples/), each a file of its own: read only where somebody looks at them. */
export async function readExamples(): Promise<readonly { readonly key: string; readonly document: WorkflowDocument }[]> {
  const [report, reminder, welcome] = await Promise.all([
    import('../../../../examples/weekly-review-report.json'),
    import('../../../../examples/payment-reminder.json'),
    import('../../../../examples/welcome-message.json'),
  ])
  const files = { report, reminder, welcome }
  // A test of the examples holds the files against the schema.
  return Object.entries(files).map(([key, { default: document }]) => ({ key, document: document as unknown as WorkflowDocument }))
}
