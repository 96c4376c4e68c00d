import { expect, test } from 'vitest'
import { readUrl } from './read-url.ts'

test('an address is split into its fields', () => {
  expect(readUrl('postgres://reader:s3cret@db.example.com:5433/shop?sslmode=require')).toEqual({
    kind: 'postgres',
    settings: { host: 'db.example.com', port: 5433, database: 'shop', user: 'reader', tls: 'on' },
    password: 's3cret',
  })
  expect(readUrl(' "mariadb://app@127.0.0.1/shop" ')).toEqual({
    kind: 'mysql',
    settings: { host: '127.0.0.1', database: 'shop', user: 'app' },
    password: null,
  })
})

test('passwords are taken as people paste them: escaped, or with @ / # % in them', () => {
  const password = (text: string) => {
    const read = readUrl(text)
    return 'kind' in read ? read.password : read.fault
  }
  expect(password('mysql://u:p%40ss%2Fw@h/d')).toBe('p@ss/w')
  expect(password('mysql://u:p@ss/w#1@h/d')).toBe('p@ss/w#1')
  expect(password('mysql://u:100%@h/d')).toBe('100%')
  expect(password('mysql://u:a:b@h/d')).toBe('a:b')
})

test('JDBC addresses, IPv6 and checked certificates', () => {
  expect(readUrl('jdbc:postgresql://[::1]:5432/가게?user=kim&password=pw&sslmode=verify-full')).toEqual({
    kind: 'postgres',
    settings: { host: '::1', port: 5432, database: '가게', user: 'kim', tls: 'verify' },
    password: 'pw',
  })
  expect(readUrl('mysql://u:p@h/d?ssl-mode=DISABLED')).toMatchObject({ settings: { tls: 'off' } })
  expect(readUrl('mysql://u:p@[fe80::1%25eth0]:3307/d?ssl-mode=VERIFY_CA')).toMatchObject({
    settings: { port: 3307, tls: 'verify' },
  })
})

test('a wish for encryption that takes what comes decides nothing', () => {
  for (const mode of ['prefer', 'allow']) {
    const read = readUrl(`postgres://u:p@h/d?sslmode=${mode}`)
    expect('kind' in read && read.settings).toEqual({ host: 'h', database: 'd', user: 'u' })
  }
})

test('what is no address of a database says why', () => {
  expect(readUrl('db.example.com')).toEqual({ fault: 'unreadable' })
  expect(readUrl('')).toEqual({ fault: 'unreadable' })
  expect(readUrl('mongodb://h/d')).toEqual({ fault: 'unknown-kind', scheme: 'mongodb' })
  expect(readUrl('constructor://h/d')).toEqual({ fault: 'unknown-kind', scheme: 'constructor' })
  expect(readUrl('postgres:///shop')).toEqual({ fault: 'no-host' })
})
