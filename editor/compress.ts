import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Below this, a compressed copy saves less than a network packet. */
const LEAST_BYTES = 1400
const TEXTS = /\.(js|css|svg|html|json)$/

/** Puts a Brotli and a gzip copy beside each text file of the build, which the server then hands out as they are. */
export function compressed(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    writeBundle({ dir: folder }) {
      if (folder === undefined) return
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name)
        if (!TEXTS.test(name) || statSync(file).size < LEAST_BYTES) continue
        const text = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }))
        writeFileSync(`${file}.gz`, gzipSync(text))
      }
    },
  }
}
