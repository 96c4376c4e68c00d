import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { missing } from './missing.ts'

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = candidates.find((path) => path !== undefined && existsSync(path))

/** Why tests with a browser are skipped; null: they run. `test.skipIf(browserMissing)` */
export const browserMissing: string | null = executablePath
  ? null
  : missing('Chromium', 'Debian: apt install chromium, or set CHROMIUM to its path')

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real Chromium without window; close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error(browserMissing ?? 'no browser')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
}
