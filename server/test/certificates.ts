import { execFileSync } from 'node:child_process'
import { chownSync, chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The name in the certificate, which leads nowhere: what is checked is the name, not where it leads. */
export const CERTIFIED_NAME = 'db.example.test'

export interface TestCertificates {
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string
  /** PEM of another one, which did not. */
  readonly otherCa: string
  /** Files for a server that runs under an account. PostgreSQL reads a key only if nobody else can. */
  filesFor(user: { uid: number; gid: number } | null): { cert: string; key: string }
  remove(): void
}

/** A certificate authority and a server's certificate of it, made anew by openssl. */
export function makeCertificates(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-tls-'))
  chmodSync(folder, 0o755)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  for (const name of ['ca', 'other'])
    openssl('req', '-x509', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2', '-subj', `/CN=${name}`)
  const subject = ['-subj', `/CN=${CERTIFIED_NAME}`, '-addext', `subjectAltName=DNS:${CERTIFIED_NAME}`]
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', ...subject)
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy']
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem')
  let copies = 0
  return {
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    otherCa: readFileSync(join(folder, 'other.pem'), 'utf8'),
    filesFor(user) {
      const files = { cert: join(folder, 'server.pem'), key: join(folder, `server-${++copies}.key`) }
      copyFileSync(join(folder, 'server.key'), files.key)
      chmodSync(files.key, 0o600)
      chmodSync(files.cert, 0o644)
      if (user) chownSync(files.key, user.uid, user.gid)
      return files
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
