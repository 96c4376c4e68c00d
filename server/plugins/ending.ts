import type { App } from '#server/http.ts'

/**
 * The end of the server: who asked already gets an answer, and is told with it that this connection is over. Without that word a browser
 * keeps its connection for the next request, and the server waits for it.
 */
export function registerEnding(app: App): void {
  let ending = false
  app.addHook('preClose', async () => {
    ending = true
  })
  app.addHook('onSend', (_request, reply, ...[payload, done]) => {
    if (ending) void reply.header('connection', 'close')
    done(null, payload)
  })
}
