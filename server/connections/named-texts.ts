import type { Kysely } from 'kysely'
import type { Database } from '#server/database/schema.ts'
import { namedIn } from './used-by.ts'

/** Channels and templates at the provider that texts name. */
export interface NamedTexts {
  readonly channels: readonly string[]
  readonly templates: readonly string[]
}

/** Those that the drafts of workflows name which send over this connection. */
export async function namedTexts(db: Kysely<Database>, place: { workspaceId: string; id: string }): Promise<NamedTexts> {
  const rows = await db
    .selectFrom('workflow')
    .select('document')
    .where('workspace_id', '=', place.workspaceId)
    .where('deleted_at', 'is', null)
    .execute()
  const [channels, templates] = [new Set<string>(), new Set<string>()]
  for (const { document } of rows) {
    if (!namedIn(document).has(place.id)) continue
    for (const { channelId, templateCode } of kakaoIn(document)) {
      if (channelId) channels.add(channelId)
      if (templateCode) templates.add(templateCode)
    }
  }
  return { channels: [...channels], templates: [...templates] }
}

interface Kakao {
  readonly channelId: string
  readonly templateCode: string
}

function kakaoIn(value: unknown): Kakao[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'kakao' && isKakao(inner) ? [inner] : kakaoIn(inner)))
}

function isKakao(value: unknown): value is Kakao {
  return (
    typeof value === 'object' &&
    value !== null &&
    'channelId' in value &&
    typeof value.channelId === 'string' &&
    'templateCode' in value &&
    typeof value.templateCode === 'string'
  )
}
