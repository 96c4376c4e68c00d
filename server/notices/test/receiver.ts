import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly id: string
  readonly verified: boolean
  readonly body: {
    type: string
    data: { notices: { code: string; state: string; title: string; advice: string; url: string }[] }
  }
}

/** A receiver as the Standard Webhooks specification describes it; its check of the signature is written after the text of the standard. */
export async function webhookReceiver(secret: string) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const received: Received[] = []
  let statuses: number[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString('utf8')))
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name] ?? '')
      const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')]
      const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
      const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
      const verified = fresh && header('webhook-signature').split(' ').includes(`v1,${expected}`)
      received.push({ id, verified, body: JSON.parse(body) as Received['body'] })
      response.writeHead(statuses.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    /** Answers of the next calls; then 204. */
    answer: (...next: number[]) => {
      statuses = next
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
