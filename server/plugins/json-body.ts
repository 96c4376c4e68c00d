import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** The first key, anywhere in a value, that could reach the prototype of objects when it is copied carelessly. */
function forbiddenKey(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && FORBIDDEN.has(key)) return key
    const found = forbiddenKey(inner)
    if (found !== null) return found
  }
  return null
}

/** JSON bodies: what is wrong with one is said with its place, and keys that could harm are refused by name. */
export function registerJsonBody(app: App): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    const body = typeof text === 'string' ? text : text.toString('utf8')
    // A call without a body is fine where the route asks for none.
    if (body.trim() === '') return done(null, undefined)
    try {
      const value: unknown = JSON.parse(body)
      const key = forbiddenKey(value)
      return key === null ? done(null, value) : done(new AppError('forbidden-key', { key }))
    } catch (error) {
      return done(new AppError('invalid-json', { detail: error instanceof Error ? error.message : '' }))
    }
  })
}
