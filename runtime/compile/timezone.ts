import { isTimeZone } from '#schemas/time-zone.ts'
import type { Finding } from './finding.ts'
import type { Graph } from './graph.ts'

/** The zone of the workflow, or the workspace's where the workflow says none (or none that exists, which is a problem of its own). */
export function timezoneOf({ document }: Pick<Graph, 'document'>, fallback: string): string {
  const timezone = document?.settings?.timezone
  return timezone !== undefined && isTimeZone(timezone) ? timezone : fallback
}

export function timezoneFindings({ document }: Pick<Graph, 'document'>): Finding[] {
  const timezone = document?.settings?.timezone
  if (timezone === undefined || isTimeZone(timezone)) return []
  return [{ code: 'invalid-timezone', field: 'settings/timezone', fields: { timezone } }]
}
