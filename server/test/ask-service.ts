import { request } from 'node:http'

/** The database that test databases are copied from; nobody may be connected to it while that happens. */
export const templateDatabase = 'alimflow_template'

/** Asks the run's services (server/test/services.ts) for a database; starts it at the first question. Throws what stopped it. */
export async function askService(name: 'postgres' | 'mariadb'): Promise<unknown> {
  const socketPath = process.env.ALIMFLOW_TEST_SERVICES
  if (!socketPath) throw new Error('Tests with a database run under vitest with globalSetup server/test/services.ts.')
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request({ socketPath, path: `/${name}` }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    asked.on('error', reject)
    asked.end()
  })
  if (status !== 200) throw new Error(`The test database ${name} did not start: ${body}`)
  return JSON.parse(body)
}
