import { AppError, type Http } from '#runtime/sdk/index.ts'

/** The same service for those who may only look: what could change something is refused. */
export const getOnly = (service: Http): Http => ({
  request: (options) =>
    options.method === 'GET'
      ? service.request(options)
      : Promise.reject(new AppError('http-get-only', { method: options.method })),
})
