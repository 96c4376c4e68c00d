import type { Http } from '#runtime/sdk/index.ts'
import { createProviderHttp } from './http.ts'

const http = createProviderHttp('HTTP')
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

/** HTTP for nodes. */
export const nodeHttp: Http = {
  async request({ method, url, headers, body, timeoutMs = 20_000, signal }) {
    const verb = METHODS.find((one) => one === method.toUpperCase())
    if (!verb) throw new Error(`the method ${method} is not supported`)
    return http.request({
      method: verb,
      url,
      timeoutMs,
      signal: signal ?? new AbortController().signal,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    })
  },
}
