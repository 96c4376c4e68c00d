import type { Migration } from '../migration.ts'
import { base } from './0001-base.ts'
import { requestKeys } from './0002-request-keys.ts'
import { limits } from './0003-limits.ts'
import { workers } from './0004-workers.ts'
import { control } from './0005-control.ts'
import { events } from './0006-events.ts'
import { notices } from './0007-notices.ts'
import { keep } from './0008-keep.ts'
import { freed } from './0009-freed.ts'
import { timedFrom } from './0010-timed-from.ts'
import { cameAt } from './0011-came-at.ts'
import { asks } from './0012-asks.ts'
import { storedLists } from './0013-lists.ts'
import { welcome } from './0014-welcome.ts'
import { schedulePolicies } from './0016-schedule-policies.ts'
import { erasedLists } from './0017-erased-lists.ts'
import { pinnedSamples } from './0018-pinned-samples.ts'
import { catalog } from './0019-catalog.ts'
import { queryLog } from './0020-query-log.ts'
import { savedObjects } from './0021-saved-objects.ts'
import { workflowOriginals } from './0022-workflow-originals.ts'
import { keptResults } from './0023-kept-results.ts'

/** Every step of the schema, oldest first. Add at the end; never change, rename or remove what was released. */
export const migrations: readonly Migration[] = [
  base,
  requestKeys,
  limits,
  workers,
  control,
  events,
  notices,
  keep,
  freed,
  timedFrom,
  cameAt,
  asks,
  storedLists,
  welcome,
  schedulePolicies,
  erasedLists,
  pinnedSamples,
  catalog,
  queryLog,
  savedObjects,
  workflowOriginals,
  keptResults,
]
