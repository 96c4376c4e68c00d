import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { goingRuns } from './tick.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

test('however many runs go on, none is passed over', async () => {
  const plan = chain({ rows: people(1) })
  const ids: string[] = []
  for (let run = 0; run < 5; run++) ids.push(await bench.start(plan))
  const found = async (page: number): Promise<string[]> => (await goingRuns(bench.database.pool, page)).map(({ id }) => id)
  expect(await found(2)).toEqual(ids)
  expect(await found(5)).toEqual(ids)
  expect(await found(1000)).toEqual(ids)
})
