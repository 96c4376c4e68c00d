import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBox, deriveKey, keyRing, openWith, sealWith } from './box.ts'
import { keyFromFile, parseKey } from './key-file.ts'

const key = Buffer.alloc(32, 7)
const box = createBox(keyRing(key), 'connection')
const unreadable = expect.objectContaining({ code: 'secret-unreadable' })

test('what was sealed comes out again: text, bytes and nothing', () => {
  const bytes = randomBytes(5000)
  expect(box.open(box.seal('비밀 🔑', 'connection:a'), 'connection:a').toString()).toBe('비밀 🔑')
  expect(box.open(box.seal(bytes, 'x'), 'x')).toEqual(bytes)
  expect(box.open(box.seal('', 'x'), 'x')).toEqual(Buffer.alloc(0))
})

test('the same text never looks the same, and shows nothing', () => {
  const [one, two] = [box.seal('password', 'x'), box.seal('password', 'x')]
  expect(one.equals(two)).toBe(false)
  expect(one.includes('password')).toBe(false)
  expect(one.length).toBe(1 + 12 + 8 + 16)
})

test('every changed bit is noticed', () => {
  const sealed = box.seal('abc', 'x')
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8((changed[index] ?? 0) ^ 1, index)
    expect(() => box.open(changed, 'x'), `byte ${index}`).toThrow(unreadable)
  }
  for (const cut of [0, 1, 10, sealed.length - 1]) expect(() => box.open(sealed.subarray(0, cut), 'x')).toThrow(unreadable)
})

test('a box opens only at its place, for its purpose, with its key', () => {
  const sealed = box.seal('abc', 'connection:a')
  expect(() => box.open(sealed, 'connection:b')).toThrow(unreadable)
  expect(() => createBox(keyRing(key), 'run-key').open(sealed, 'connection:a')).toThrow(unreadable)
  expect(() => createBox(keyRing(Buffer.alloc(32, 8)), 'connection').open(sealed, 'connection:a')).toThrow(unreadable)
})

test('a replaced key still opens old boxes, and new ones are sealed with the new key', () => {
  const sealed = box.seal('old', 'x')
  const rotated = createBox(
    {
      keys: [
        { id: 2, key: Buffer.alloc(32, 9) },
        { id: 1, key },
      ],
    },
    'connection',
  )
  expect(rotated.open(sealed, 'x').toString()).toBe('old')
  expect(rotated.seal('new', 'x')[0]).toBe(2)
  expect(() => box.open(rotated.seal('new', 'x'), 'x')).toThrow(unreadable)
})

test('derived keys do not change between versions: boxes in databases depend on them', () => {
  expect(deriveKey(key, 'connection').toString('hex')).toBe('0257bd336e9361810f9341da313aa6cd820842deb80a4507598e5d1add13b7db')
  expect(deriveKey(key, 'run-key')).not.toEqual(deriveKey(key, 'connection'))
})

test('a run key of its own seals and opens', () => {
  const runKey = randomBytes(32)
  expect(openWith(runKey, sealWith(runKey, 'rows', 'chunk'), 'chunk').toString()).toBe('rows')
  expect(() => openWith(runKey, sealWith(runKey, 'rows', 'chunk'), 'other')).toThrow(unreadable)
})

test('a key is read from hex, base64 and base64url, with white space around', () => {
  const bytes = randomBytes(32)
  for (const form of ['hex', 'base64', 'base64url'] as const) expect(parseKey(` ${bytes.toString(form)}\n`, 'K')).toEqual(bytes)
})

test('an unusable key is refused with what to do, and not repeated', () => {
  for (const text of ['', 'short', 'g'.repeat(64), 'a'.repeat(63), `${'a'.repeat(42)}!`]) {
    expect(() => parseKey(text, 'ALIMFLOW_SECRET_KEY')).toThrow(/ALIMFLOW_SECRET_KEY.*openssl rand -hex 32/)
  }
  expect(() => parseKey('secret-word', 'K')).not.toThrow(/secret-word/)
})

test('the key file is made once, for nobody else to read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-key-'))
  const file = join(folder, 'secret-key')
  const first = keyFromFile(folder)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  chmodSync(file, 0o644)
  expect(keyFromFile(folder)).toEqual(first)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toBe(`${first.toString('hex')}\n`)
  writeFileSync(file, 'broken')
  expect(() => keyFromFile(folder)).toThrow(/secret-key/)
  rmSync(folder, { recursive: true })
})
