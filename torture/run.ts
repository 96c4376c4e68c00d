// `npm run torture`: docs/torture.md says what is tried and what must hold. Ends with 1 when anything did not hold.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { killParts } from './harness/part.ts'
import { Platform } from './harness/platform.ts'
import type { Round } from './harness/round.ts'
import { lines, markdown } from './harness/table.ts'
import { readOptions } from './options.ts'
import { scenarios } from './scenarios/all.ts'
import type { Played, Scenario } from './scenarios/scenario.ts'

const options = readOptions(process.argv.slice(2))
const { only } = options
const all = scenarios()
const byGroup = all.some(({ group }) => group === only)
const chosen = all.filter(({ name, group }) => only === null || (byGroup ? group === only : name.includes(only)))
if (options.list) {
  for (const { group, name, times } of chosen) console.log(`${group.padEnd(10)} ${name} × ${times}`)
  process.exit(0)
}

// Broken off: what was started goes too (the databases and the fake notice it themselves).
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    killParts()
    process.exit(130)
  })

const rounds: Round[] = []
const skipped: string[] = []
const broken: string[] = []
const waiting = chosen.filter(({ platform, alone }) => !platform && !alone)
const own = chosen.filter(({ platform, alone }) => platform ?? alone)

/** Plays scenarios one after the other on a platform of its own. */
async function player(): Promise<void> {
  let platform: Platform | null = null
  for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
    platform = await playAll(scenario, platform)
  }
  await platform?.stop()
}

/** All tries of one scenario. A platform on which something could not even be played is given up. */
async function playAll(scenario: Scenario, given: Platform | null): Promise<Platform | null> {
  let platform = given
  const times = options.times ?? scenario.times
  for (let time = 1; time <= times; time++) {
    try {
      let round: Played | undefined
      if (scenario.play) {
        platform ??= await Platform.start({ people: options.people, workers: 2, ...scenario.platform })
        await platform.mend()
        round = await scenario.play(platform)
      } else round = await scenario.alone?.()
      if (!round) break
      if ('skipped' in round) {
        skipped.push(`${scenario.name}: ${round.skipped}`)
        console.error(`SKIPPED ${scenario.name}: ${round.skipped}`)
        return platform
      }
      rounds.push(round)
      const words = round.violations.length === 0 ? 'holds' : `DOES NOT HOLD: ${round.violations.join('; ')}`
      console.error(`${scenario.name} ${time}/${times}: ${round.state} after ${round.seconds} s, ${words}`)
    } catch (error) {
      broken.push(`${scenario.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      console.error(`${scenario.name} ${time}/${times}: could not be played: ${String(error)}`)
      await platform?.stop()
      platform = null
    }
  }
  return platform
}

await Promise.all(Array.from({ length: Math.min(options.parallel, Math.max(1, waiting.length)) }, player))
for (const scenario of own) await (await playAll(scenario, null))?.stop()

const table = lines(rounds)
writeFileSync(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ lines: table, skipped, broken, rounds }, null, 2)}\n`,
)
console.log(markdown(table))
const struck = table.filter(({ scenario }) => scenario.startsWith('random')).reduce((sum, line) => sum + line.struck, 0)
const hit = table.filter(({ scenario }) => scenario.startsWith('random')).reduce((sum, line) => sum + line.inFlight, 0)
if (struck > 0)
  console.log(`\nRandom kills that hit calls under way: ${hit} of ${struck} (${Math.round((100 * hit) / struck)} %).`)
const missed = table
  .filter((line) => line.struck < line.rounds)
  .map(({ scenario, struck: done, rounds: all }) => `${scenario}: struck in ${done} of ${all} rounds`)
const violations = table.flatMap(({ scenario, violations: all }) => all.map((words) => `${scenario}: ${words}`))
if (struck > 0 && hit / struck < 0.6)
  violations.push(`Only ${hit} of ${struck} random kills hit a call under way; 60 % are wanted`)
for (const words of [...skipped.map((one) => `SKIPPED ${one}`), ...missed, ...broken, ...violations]) console.log(`\n${words}`)
process.exit(violations.length + broken.length === 0 ? 0 : 1)
