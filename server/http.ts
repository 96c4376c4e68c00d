import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Language } from '#schemas/localized.ts'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'

/** Fastify with TypeBox: schemas of a route are the types of its handler. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose data this request may see. */
    workspaceId: string
    /** Who asks; `local` until accounts come. */
    actor: string
    /** Spoken where the caller wishes no language that we speak. */
    workspaceLanguage: Language
    /** Fires when the client goes away before its answer: what was asked for it need not be found out any more. */
    gone: AbortSignal
  }
}
