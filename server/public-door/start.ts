import type { PgBoss } from 'pg-boss'
import type { Parts } from '#server/compose.ts'
import { createEvents } from '#server/events/events.ts'
import { Webhooks } from '#server/events/webhooks.ts'
import { createKnownRuns } from '#server/runs/known-runs.ts'
import { listen } from '#server/start/listen.ts'
import { buildPublicDoor, type PublicDoorDeps } from './door.ts'

export interface PublicDoor {
  readonly port: number
  /** Takes no new request, lets those under way end. */
  close(): Promise<void>
}

/** Opens the door to the internet. @throws AppError `port-taken`, `host-unusable` */
export async function startPublicDoor(
  { parts, boss }: { parts: Parts; boss: PgBoss },
  at: { host: string; port: number } & Pick<PublicDoorDeps, 'trustedProxies' | 'requestsPerMinute'>,
): Promise<PublicDoor> {
  const events = createEvents({ parts, boss, known: createKnownRuns(parts) })
  const webhooks = new Webhooks({ pool: parts.pool, box: parts.boxes.connection, publicUrl: null, now: () => parts.clock.now() })
  const app = await buildPublicDoor({ ...at, log: parts.log, events, webhooks })
  app.addHook('onClose', () => events.close())
  return { port: await listen(app, { host: at.host, port: at.port }), close: () => app.close() }
}
