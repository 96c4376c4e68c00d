import { isLoopback, type Config } from '#server/config.ts'
import { terminalLanguage } from './language.ts'

/** The one line a person looks for: the address to open. A token that was made now is in it; later it is in its file. */
export function readyLine(options: { config: Config; port: number; newToken: string | null }): string {
  const { config, port, newToken } = options
  const address = `http://${shownHost(config.host)}:${port}/${newToken ? `?token=${newToken}` : ''}`
  const korean = terminalLanguage() === 'ko'
  const ready = korean ? `Alimflow가 준비됐어요: ${address}` : `Alimflow is ready: ${address}`
  if (isLoopback(config.host) || config.token || newToken) return ready
  const where = `${config.dataDir}/access-token`
  return korean ? `${ready} (접근 토큰: ${where})` : `${ready} (access token: ${where})`
}

/** Every address is none that a browser could open. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
