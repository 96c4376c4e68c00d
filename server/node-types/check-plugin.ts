// One node file, imported in a process of its own: what it does while it is imported (an endless loop, process.exit) harms nobody else.
// node server/node-types/check-plugin.ts <path> <name>: writes the error, or null, as JSON.
import { faultOfNodeType } from '#runtime/node-faults.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { broken, readPluginFile } from './plugin-file.ts'
import { faultOfProvider, looksLikeProvider } from './provider-faults.ts'

async function faultOf(path: string, file: string): Promise<AppError | null> {
  try {
    const { values } = await readPluginFile(path, { file })
    const faults = values.map((value) => (looksLikeProvider(value) ? faultOfProvider(value, []) : faultOfNodeType(value)))
    const fault = faults.find((one) => one !== null)
    return fault === undefined ? null : broken(file, fault)
  } catch (error) {
    return error instanceof AppError ? error : broken(file, String(error))
  }
}

const [path = '', file = ''] = process.argv.slice(2)
const fault = await faultOf(path, file)
process.stdout.write(`\n${JSON.stringify(fault && fault.toJSON())}\n`, () => process.exit(0))
