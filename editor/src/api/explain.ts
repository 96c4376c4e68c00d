import type { QueryPlan } from '#schemas/query-plan.ts'
import { api } from './client.ts'

/** How the database of a connection would go about a query. */
export const explainQuery = (connectionId: string, sql: string) =>
  api.post<QueryPlan>(`/api/connections/${encodeURIComponent(connectionId)}/explain`, { sql })
