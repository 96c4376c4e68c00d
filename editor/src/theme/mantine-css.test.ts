import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const mantine = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.layer.css'))
const notifications = dirname(createRequire(import.meta.url).resolve('@mantine/notifications/styles.layer.css'))
const editor = fileURLToPath(new URL('..', import.meta.url))
const all = readFileSync(join(mantine, 'styles.layer.css'), 'utf8')

/** Texts of all files below a folder whose name ends so. */
function texts(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** What is imported from Mantine's core, by name. */
function importedNames(): Set<string> {
  const lists = [...texts(editor, /\.tsx$/), ...texts(join(notifications, 'esm'), /\.mjs$/)].flatMap((text) =>
    [...text.matchAll(/import\s*\{([^}]*)\}\s*from ['"]@mantine\/core['"]/g)].map((match) => match[1] ?? ''),
  )
  return new Set(lists.flatMap((list) => list.split(',')).map((name) => name.trim().split(' as ')[0] ?? ''))
}

/** Every `X.module.mjs` (the class names of a style sheet) that these components load, themselves or by another component. */
function neededSheets(names: ReadonlySet<string>): string[] {
  const esm = join(mantine, 'esm')
  const seen = new Set<string>()
  const sheets = new Set<string>()
  const walk = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    if (file.endsWith('.module.mjs')) sheets.add(basename(file, '.module.mjs'))
    for (const match of readFileSync(file, 'utf8').matchAll(/from "(\.[^"]+)"/g)) walk(resolve(dirname(file), match[1] ?? ''))
  }
  for (const match of readFileSync(join(esm, 'index.mjs'), 'utf8').matchAll(/import \{([^}]*)\} from "(\.[^"]+)"/g)) {
    const [, exported = '', from = ''] = match
    if (exported.split(',').some((name) => names.has(name.trim()))) walk(resolve(esm, from))
  }
  return [...sheets]
}

/** Where a sheet stands in Mantine's own sum of all sheets: later ones win over earlier ones. */
function place(sheet: string): number {
  const text = readFileSync(join(mantine, 'styles', `${sheet}.layer.css`), 'utf8').replace('@layer mantine {', '')
  return all.indexOf(text.trim().slice(0, 60))
}

test('every component of Mantine that is used has its style sheet in mantine.css, no other has, in Mantine’s order', () => {
  const css = readFileSync(new URL('mantine.css', import.meta.url), 'utf8')
  const sheets = [...css.matchAll(/@import '@mantine\/core\/styles\/([\w-]+)\.layer\.css'/g)].map((match) => match[1] ?? '')
  const ground = ['baseline', 'default-css-variables', 'global']
  const needed = [...ground, ...neededSheets(importedNames())]
  expect(needed).toContain('Button')
  expect(needed.map(place)).not.toContain(-1)
  expect(sheets, 'put the missing sheets into theme/mantine.css, in this order').toEqual(
    needed.toSorted((a, b) => place(a) - place(b)),
  )
})
