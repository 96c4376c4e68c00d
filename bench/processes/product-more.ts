// A second worker, which joins what the first one began. Ends at SIGTERM and prints one line of JSON.
import { cpuSince, openWorker, peakRssMb } from './engine.ts'

const worker = await openWorker()
const cpu = process.cpuUsage()
console.log('joined')
process.once('SIGTERM', () => {
  const measured = { cpuMicrosInAll: cpuSince(cpu), peakRssMb: peakRssMb() }
  void worker.close().then(() => {
    console.log(JSON.stringify(measured))
    process.exit(0)
  })
})
