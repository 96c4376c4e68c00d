// For containers: node server/cli/healthy.ts server|worker ends with 0 while that part works here, else with 1.
import { readConfig } from '#server/config.ts'
import { serverIsHealthy, workerIsHealthy } from '#server/start/healthy.ts'

const { port, databaseUrl } = readConfig(process.env)
const part = process.argv[2]
if (part === 'server') process.exitCode = (await serverIsHealthy(port)) ? 0 : 1
else if (part === 'worker') process.exitCode = databaseUrl !== null && (await workerIsHealthy(databaseUrl)) ? 0 : 1
else {
  process.stderr.write('Usage: node server/cli/healthy.ts server|worker\n')
  process.exitCode = 2
}
