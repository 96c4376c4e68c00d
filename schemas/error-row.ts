/** One row of the error table: HTTP status, whether trying again can help, and the text with `{placeholders}` in both languages. */
export interface ErrorRow {
  status: number
  retryable?: boolean
  en: string
  ko: string
}
