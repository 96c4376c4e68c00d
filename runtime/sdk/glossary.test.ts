import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')

function exportsOf(source: string): string[] {
  return [...source.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '')
}

test('every name that the public API exports has its line in the glossary, and no line is left over', () => {
  const exported = exportsOf(read('index.ts'))
  expect(exported.length).toBeGreaterThan(50)
  const api = read('../../docs/glossary.md').split('## What the public API exports')[1] ?? ''
  const explained = api
    .split('\n')
    .map((line) => line.split('|')[1] ?? '')
    .flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
  expect(explained.toSorted()).toEqual(exported.toSorted())
})
