import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// docs/architecture.md is a map. A map with a wrong street is worse than none.

const page = readFileSync('docs/architecture.md', 'utf8')

interface LintRules {
  overrides: { files: string[]; rules: { 'no-restricted-imports'?: [string, { patterns: { regex: string }[] }] } }[]
}
const { overrides } = JSON.parse(readFileSync('.oxlintrc.json', 'utf8')) as LintRules

/** What a room may not import, as the linter knows it. */
const walls = (room: string) =>
  overrides
    .filter(({ files }) => files.includes(`${room}/**`))
    .flatMap(({ rules }) => rules['no-restricted-imports']?.[1].patterns ?? [])
    .map(({ regex }) => new RegExp(regex))

const rooms = ['schemas', 'runtime', 'nodes', 'server', 'editor']
/** A file of each room that others would import. */
const doors: Record<string, string> = { runtime: '#runtime/sdk/index.ts' }

test('the arrows between rooms are those that the linter allows', () => {
  const picture = page.split('flowchart RL')[1]?.split('```')[0] ?? ''
  const drawn = [...picture.matchAll(/^ {2}(\w+) -.*> (\w+)$/gm)].map(([, from, to]) => `${from} → ${to}`)
  const allowed = rooms.flatMap((from) =>
    rooms
      .filter((to) => to !== from && !walls(from).some((wall) => wall.test(doors[to] ?? `#${to}/x.ts`)))
      .map((to) => `${from} → ${to}`),
  )
  expect(drawn.toSorted()).toEqual(allowed.toSorted())
})

test('every file and folder that is named is there', () => {
  const named = [...page.matchAll(/`((?:schemas|runtime|nodes|server|editor|lint)\/[^`]*)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})
