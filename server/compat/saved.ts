import type { SavedObjectPage } from '#schemas/api/saved-objects.ts'
import type { SavedKind, SavedObject } from '#schemas/saved-object.ts'
import { listOf, pick, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import type { SeedCall } from './seed-route.ts'

/** What all that is kept has, under the names of the old tables. */
const aboutOf = (object: SavedObject) => ({
  id: object.id,
  name: object.name,
  description: object.description,
  category: object.category || 'general',
  tags: object.tags,
  is_public: object.visibility === 'workspace',
  is_favorite: object.favorite,
  usage_count: object.usageCount,
  last_used_at: object.lastUsedAt,
  created_by: object.createdBy,
  created_at: object.createdAt,
  updated_at: object.updatedAt,
})

/** How one kind of old object is kept here: its body in, and out again. */
export interface SavedForm {
  readonly kind: SavedKind
  readonly shown: (body: Fields) => object
  readonly kept: (call: SeedCall) => Promise<object>
}

const show = (form: SavedForm, object: SavedObject) => ({ ...aboutOf(object), ...form.shown(object.body) })

function about(body: Fields) {
  const isPublic = pick(body, 'isPublic')
  const tags = listOf(body, 'tags').filter((tag): tag is string => typeof tag === 'string' && tag !== '')
  return {
    ...(textOf(body, 'name') !== null && { name: textOf(body, 'name') }),
    ...(textOf(body, 'description') !== null && { description: textOf(body, 'description') }),
    ...(textOf(body, 'category') !== null && { category: textOf(body, 'category') }),
    ...(pick(body, 'tags') !== undefined && { tags }),
    ...(typeof isPublic === 'boolean' && { visibility: isPublic ? 'workspace' : 'private' }),
  }
}

const pathOf = (id: string | undefined, act = ''): string => `/api/saved-objects/${encodeURIComponent(id ?? '')}${act}`

/** One kind of what is kept: listed, read, made, changed, deleted, taken. */
export function savedCalls(form: SavedForm) {
  return {
    list: async ({ inside, request, query }: SeedCall) => {
      const found: object[] = []
      let cursor: string | null = null
      do {
        const rest: string = [
          ...['search', 'category', 'tag'].flatMap((name) =>
            query[name] ? [`&${name}=${encodeURIComponent(query[name])}`] : [],
          ),
          cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`,
        ].join('')
        const page: SavedObjectPage = await inside.ask(request, ['GET', `/api/saved-objects?kind=${form.kind}&limit=500${rest}`])
        found.push(...page.items.map((object) => show(form, object)))
        cursor = page.nextCursor
      } while (cursor !== null)
      return found
    },
    create: async (call: SeedCall) => {
      const body = { kind: form.kind, ...about(call.body), body: await form.kept(call) }
      return show(form, await call.inside.ask<SavedObject>(call.request, ['POST', '/api/saved-objects', body]))
    },
    change: async (call: SeedCall) => {
      const { inside, request, params } = call
      const { revision, body: before } = await inside.ask<SavedObject>(request, ['GET', pathOf(params['id'])])
      // What is left out stays, inside as well.
      const kept = await form.kept({ ...call, body: { ...form.shown(before), ...call.body } })
      return show(
        form,
        await inside.ask<SavedObject>(request, ['PUT', pathOf(params['id']), { revision, ...about(call.body), body: kept }]),
      )
    },
    remove: ({ inside, request, params }: SeedCall) => inside.ask(request, ['DELETE', pathOf(params['id'])]),
    use: async ({ inside, request, params }: SeedCall) =>
      show(form, await inside.ask<SavedObject>(request, ['POST', pathOf(params['id'], '/use')])),
  }
}
