import type { FastifyRequest } from 'fastify'
import type { Language } from '#schemas/localized.ts'

type Asking = Pick<FastifyRequest, 'headers'> & Partial<Pick<FastifyRequest, 'workspaceLanguage'>>

/** The language of an answer: the first of `Accept-Language` that we speak, else the workspace's. */
export function languageOf(request: Asking): Language {
  const asked = request.headers['accept-language']
  // Services name no language; and each request asks more than once.
  if (asked === undefined) return request.workspaceLanguage ?? 'ko'
  const wishes = asked
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined)
      return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) if (tag === 'ko' || tag === 'en') return tag
  return request.workspaceLanguage ?? 'ko'
}
