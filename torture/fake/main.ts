// The fake provider as a process of its own, so that it can be killed like everything else. Tells its parent which process has calls
// under way; hears from it how to behave.
import type { AddressInfo } from 'node:net'
import type { Behaviour } from './behaviour.ts'
import { Fake } from './server.ts'

const [, , log = '', port = '0'] = process.argv
const tell = (message: object): void => void (process.connected && process.send?.(message, undefined, {}, () => undefined))
const fake = new Fake({
  log,
  onFlight: (flight) => tell({ flight: [...flight].filter(([, calls]) => calls > 0), calls: fake.calls }),
})
// What the harness sends is built from the same type.
process.on('message', (behaviour) => {
  fake.behave(behaviour as Behaviour)
  tell({ behaves: true })
})
process.on('disconnect', () => process.exit())
fake.server.keepAliveTimeout = 60_000
fake.server.listen(Number(port), '127.0.0.1', () => {
  // A listening TCP server has a numeric address.
  tell({ port: (fake.server.address() as AddressInfo).port })
})
