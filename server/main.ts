// `npm start`: everything on this machine.
import { runProcess } from './start/process.ts'
import { startParts } from './start/start.ts'

await runProcess((work) => startParts({ server: true, worker: true }, process.env, work), { stays: true })
