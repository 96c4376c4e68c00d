import Type, { type Static } from 'typebox'
import { SavedKind, SavedObject } from '../saved-object.ts'
import { Page, PageQuery } from './paging.ts'

export const SavedObjectPage = Page(SavedObject)
export type SavedObjectPage = Static<typeof SavedObjectPage>

/** GET /api/saved-objects */
export const SavedObjectQuery = Type.Object({
  ...PageQuery,
  kind: Type.Optional(SavedKind),
  /** Part of its name, description, category or a tag; case does not matter. */
  search: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(Type.String({ maxLength: 100 })),
  tag: Type.Optional(Type.String({ maxLength: 50 })),
  favorite: Type.Optional(Type.Boolean()),
  /** `used`: favourites, then the most used; `recent`: used last; `name`. */
  sort: Type.Optional(Type.Enum(['used', 'recent', 'name'], { default: 'used' })),
})
export type SavedObjectQuery = Static<typeof SavedObjectQuery>
