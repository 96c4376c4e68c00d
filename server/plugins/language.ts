import type { FastifyRequest } from 'fastify'
import type { Language } from '#schemas/localized.ts'

/** The language of an answer: the first of `Accept-Language` that we speak, else the fallback. */
export function languageOf(request: Pick<FastifyRequest, 'headers'>, fallback: Language = 'ko'): Language {
  const wishes = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined)
      return { tag: tag.slice(0, 2), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) if (tag === 'ko' || tag === 'en') return tag
  return fallback
}
