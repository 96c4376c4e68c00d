import type { PgBoss } from 'pg-boss'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { LiveHub } from '#server/live/hub.ts'
import { MessageService } from '#server/messages/service.ts'
import { RunFactsReader, type RunFactsDeps } from '#server/runs/facts.ts'
import type { RepeatDeps } from '#server/runs/repeat.ts'
import type { RunDeps } from '#server/runs/start.ts'
import { createPlans } from '#server/worker/plans.ts'
import { WorkflowStore } from '#server/workflows/store.ts'
import { findRoutes } from './find.ts'
import { liveRoutes } from './live.ts'
import { messageRoutes } from './messages.ts'
import { outboxRoutes } from './outbox.ts'
import { peopleRoutes } from './people.ts'
import { retentionRoutes } from './retention.ts'
import { runWishRoutes } from './run-wishes.ts'
import { runLaunchRoutes } from './run-launch.ts'
import { runRoutes } from './runs.ts'
import { scheduleRoutes } from './schedules.ts'
import { totalsRoutes } from './totals.ts'

export interface RunReadingDeps {
  readonly parts: Parts
  readonly boss: PgBoss
  readonly reading: RunFactsDeps
  /** For the connection that hears which runs changed. */
  readonly databaseUrl: string
}

/** Everything that looks at runs: lists, one run, its messages, what was said, live progress, and when the next ones start. */
export function runReadingRoutes(app: App, { parts, boss, reading, databaseUrl }: RunReadingDeps): void {
  const facts = new RunFactsReader(reading)
  const runs = parts.runs(boss)
  const again = { runs, known: reading.known }
  runRoutes(app, { reading, facts, runs })
  runLaunchRoutes(app, { reading, facts, runs })
  messageRoutes(app, { messages: new MessageService(reading), again })
  runWishRoutes(app, { again, repeat: repeatDeps(parts, runs) })
  const outbox = { ...reading, workspaceKeys: parts.boxes.workspace }
  outboxRoutes(app, outbox)
  peopleRoutes(app, outbox)
  findRoutes(app, { ...parts, outbox })
  scheduleRoutes(app, { ...parts, known: reading.known })
  totalsRoutes(app, parts)
  retentionRoutes(app, { parts, facts, known: reading.known })
  const workflows = new WorkflowStore(parts.db)
  liveRoutes(app, {
    hub: new LiveHub({
      reading,
      facts,
      log: parts.log,
      databaseUrl,
      nodeTypes: parts.registry,
      workflow: (place) => workflows.read(place),
    }),
  })
}

function repeatDeps(parts: Parts, runs: RunDeps): RepeatDeps {
  const host: Parts['host'] = (workspaceId) => parts.host(workspaceId)
  return {
    runs,
    registry: parts.registry,
    plans: createPlans({ registry: parts.registry, host }),
    connections: async (workspaceId) => new Set((await parts.connections.known(workspaceId)).keys()),
  }
}
