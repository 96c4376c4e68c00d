import type { Pool } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'

const USUAL = 'http://127.0.0.1:3000'

/** An address of the product from the settings: `PUBLIC_URL`, `ALIMFLOW_ADMIN_URL`. @throws AppError `setting-invalid` */
export function readPublicUrl(text: string | undefined, name = 'PUBLIC_URL'): string | null {
  const given = text?.trim() ?? ''
  if (given === '') return null
  if (/^https?:\/\/[^?#]+$/.test(given) && URL.canParse(given)) return given
  const detail = 'write the address that people open, for example https://alimflow.example.com.'
  throw new AppError('setting-invalid', { name, value: given, detail })
}

/** Tells workers, wherever they run, where links in messages lead. */
export async function storeBaseUrl(pool: Pool, at: { publicUrl: string | null; host: string; port: number }): Promise<void> {
  // Every address of the machine is no address to open.
  const host = ['0.0.0.0', '::'].includes(at.host) ? '127.0.0.1' : at.host.includes(':') ? `[${at.host}]` : at.host
  const url = (at.publicUrl ?? `http://${host}:${at.port}`).replace(/\/+$/, '')
  await pool.query('update notice_look set base_url = $1', [url])
}

/** Without a slash at the end. */
export async function readBaseUrl(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ base_url: string | null }>('select base_url from notice_look')
  return rows[0]?.base_url ?? USUAL
}
